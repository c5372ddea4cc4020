import { createHash } from 'node:crypto'
import { embedJson } from './embed.ts'
import { escapeHtml, MARK_SYMBOLS } from './template.ts'

/** Where the page's script finds its data. */
export const DATA_ELEMENT_ID = 'report-data'

interface DocumentParts {
  readonly title: string
  readonly style: string
  /** HTML of the panels, already escaped. */
  readonly body: string
  readonly data: unknown
  readonly script: string
}

const ICON =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 13h3V8H1zm5.5 0h3V4h-3zM12 13h3V1h-3z" fill="#456ee8"/></svg>',
  )

/**
 * One HTML file that asks the network for nothing. The content security policy allows exactly the
 * style and the script written here, by their hashes, and no connection at all, so even markup that
 * slipped through could neither run nor call home.
 */
export function assembleDocument({ title, style, body, data, script }: DocumentParts): string {
  const policy = [
    "default-src 'none'",
    `script-src ${sourceHash(script)}`,
    `style-src ${sourceHash(style)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="loadbench">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="${ICON}">
<style>${style}</style>
</head>
<body>
${MARK_SYMBOLS}
${body}
<script type="application/json" id="${DATA_ELEMENT_ID}">${embedJson(data)}</script>
<script>${script}</script>
</body>
</html>
`
}

function sourceHash(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`
}

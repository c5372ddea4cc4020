/** What stands for a sign where the terminal does not show it; as wide as the sign, so that columns stay. */
const PLAIN: Readonly<Record<string, string>> = {
  '█': '#',
  '░': '.',
  '▁': '_',
  '▂': '.',
  '▃': ',',
  '▄': '-',
  '▅': '~',
  '▆': '=',
  '▇': '+',
  '✓': '+',
  '✗': 'x',
  '…': '~',
  '—': '-',
  '·': '-',
  '│': '|',
  '→': '>',
  '≤': '<',
  '×': 'x',
  '−': '-',
  µ: 'u',
}

/** The signs loadbench itself uses, each a column wide. */
export const SIGN_CHARACTERS = Object.keys(PLAIN).join('')
const SIGNS = new RegExp(`[${SIGN_CHARACTERS}]`, 'g')

/** loadbench's own signs in ASCII. What servers and scripts wrote stays as it is. */
export function inAscii(text: string): string {
  return text.replaceAll(SIGNS, (sign) => PLAIN[sign] ?? sign)
}

/** Whether a terminal shows more than ASCII: its locale says so (POSIX, 8.2: the first of these that is set). */
export function showsUnicode(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): boolean {
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((one) => one !== undefined && one !== '')
  if (locale !== undefined) return /utf-?8/i.test(locale)
  // Windows has no locale of this kind; its terminals of today announce themselves. macOS is UTF-8 throughout.
  if (platform === 'win32') return (env['WT_SESSION'] ?? env['TERM_PROGRAM'] ?? '') !== ''
  return platform === 'darwin'
}

// Bundles src/page with the parts of ECharts it uses into one script for the report.
// Run as a program it writes the script into dist; a checkout imports it instead.
import { writeFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** @returns {Promise<string>} the script, safe to stand inside a `<script>` element */
export async function bundlePage() {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('../src/page/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['es2022'],
    charset: 'ascii',
    legalComments: 'inline',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'warning',
  })
  return result.outputFiles[0].text
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(new URL('../dist/report-page.js', import.meta.url), await bundlePage())
}

// `pnpm pictures`: the pictures of a terminal and a report in docs/images. Build first; needs tmux and Chromium.
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as passed } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { paneDrawing } from './docs/pane.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const IMAGES = join(ROOT, 'docs/images')
const TERMINAL = { columns: 100, rows: 40 }
/** Just busy enough at the peak that a queue builds up. */
const COMMAND = `npx loadbench run scenarios/spike.ts --simulate '{"slots":48,"seed":5}'`
/** Seconds into the run: the spike is there. */
const MOMENT = 8
const PATIENCE = 90

const folder = mkdtempSync(join(tmpdir(), 'loadbench-pictures-'))
const socket = join(folder, 'tmux')
const tmux = (...args: readonly string[]) =>
  execFileSync('tmux', ['-S', socket, ...args], { encoding: 'utf8' })
const pane = (...flags: readonly string[]) => tmux('capture-pane', '-p', ...flags)

/** A folder as a user would have it. */
function makeProject(): void {
  mkdirSync(join(folder, 'load/scenarios'), { recursive: true })
  cpSync(join(ROOT, 'scenarios/spike.ts'), join(folder, 'load/scenarios/spike.ts'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'load/node_modules'))
  // npx itself would talk of its own updates.
  mkdirSync(join(folder, 'bin'))
  const bin = join(ROOT, 'packages/core/bin/loadbench.js')
  writeFileSync(join(folder, 'bin/npx'), `#!/bin/sh\nshift\nexec "${process.execPath}" "${bin}" "$@"\n`)
  chmodSync(join(folder, 'bin/npx'), 0o755)
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE * 1_000
  while (!holds()) {
    if (Date.now() > end || /exit code (?!0)/.test(pane()))
      throw new Error(`${what} did not come; the terminal shows:\n${pane()}`)
    // oxlint-disable-next-line no-await-in-loop -- waiting is what it is for
    await passed(200)
  }
}

/** Types the command into a terminal; takes one picture while it runs and one when it is done. */
async function photographTerminal(): Promise<void> {
  const { columns, rows } = TERMINAL
  const size = ['-x', String(columns), '-y', String(rows)]
  // A shell of its own: no prompt of whoever runs this.
  const shell = `env -i HOME="${folder}" PATH="${folder}/bin:${process.env['PATH'] ?? ''}" TERM=tmux-256color LANG=C.UTF-8 PS1='$ ' sh`
  tmux('-u', '-f', '/dev/null', 'new-session', '-d', ...size, '-c', join(folder, 'load'), shell)
  tmux('set-option', '-g', 'history-limit', '5000')
  tmux('send-keys', COMMAND, 'Enter')
  // The live table; the command itself and the header do not have the word.
  await until('the run', () => /^ *ttft /m.test(pane()))
  await passed(MOMENT * 1_000)
  save('terminal.svg', 'The live display of a run in a terminal', pane('-e'))
  await until('the end', () => /exit code \d+/.test(pane()))
  await passed(500)
  // From the first line on; what scrolled away is there as well.
  const whole = pane('-e', '-S', '-', '-J').split('\n')
  const verdicts = whole.findIndex((line) => line.includes('THRESHOLDS'))
  save('summary.svg', 'The summary of a run in a terminal', whole.slice(Math.max(0, verdicts)).join('\n'))
}

function save(name: string, title: string, text: string): void {
  writeFileSync(join(IMAGES, name), `${paneDrawing(title, text)}\n`)
  console.log(`docs/images/${name}`)
}

/** The first screen of the report, as a browser shows it in light and dark. */
async function photographReport(): Promise<void> {
  const [run = ''] = readdirSync(join(folder, 'load/results'))
  const report = pathToFileURL(join(folder, 'load/results', run, 'report.html')).href
  const executablePath =
    process.env['CHROMIUM_PATH'] ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1500 }, colorScheme: scheme })
      const failed: string[] = []
      page.on('pageerror', ({ message }) => failed.push(message))
      await page.goto(report)
      await passed(1_500)
      if (failed.length > 0)
        throw new Error(`the report failed, built before its reporter? ${failed.join('; ')}`)
      const name = scheme === 'light' ? 'report.png' : 'report-dark.png'
      await page.screenshot({ path: join(IMAGES, name) })
      console.log(`docs/images/${name}: ${Math.round(readFileSync(join(IMAGES, name)).length / 1_000)} kB`)
    }
  } finally {
    await browser.close()
  }
}

mkdirSync(IMAGES, { recursive: true })
try {
  makeProject()
  await photographTerminal()
  await photographReport()
} finally {
  try {
    tmux('kill-server')
  } catch {
    // It has ended by itself.
  }
  rmSync(folder, { recursive: true, force: true })
}

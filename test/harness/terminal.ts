import { execFile, spawnSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { afterAll, onTestFinished } from 'vitest'
import { BIN } from './loadbench.ts'

const run = promisify(execFile)

/** A terminal that shows nothing new for so long hangs. */
const PATIENCE = 60_000

/** Whether terminals can be had here: tmux draws them. */
export const HAS_TERMINAL = spawnSync('tmux', ['-V']).status === 0
if (!HAS_TERMINAL) {
  if (process.env['LOADBENCH_REQUIRE_TMUX'] === '1') throw new Error('tmux is not installed')
  console.warn('SKIPPED: tests with a terminal, for tmux is not installed')
}

/** A server of its own: it shares nothing with the tmux of whoever runs the tests. */
const SOCKET = `loadbench-test-${process.pid}`
let opened = 0
afterAll(() => {
  if (opened > 0) spawnSync('tmux', ['-L', SOCKET, 'kill-server'])
})

export interface TerminalSettings {
  /** Default 80. */
  readonly columns?: number
  /** Default 24. */
  readonly rows?: number
  /** Beside PATH and HOME; nothing else of this process's environment goes in. */
  readonly env?: Readonly<Record<string, string>>
}

/** A terminal with a person before it. */
export interface Terminal {
  /** What stands on the screen. */
  shown(): Promise<string>
  /** Waits until the screen matches. @returns what then stands there. */
  until(what: RegExp): Promise<string>
  /** Waits until the command is over. @returns what then stands on the screen, `exit code N` at its end. */
  ended(): Promise<string>
  /** What stands on the screen now, row by row, what has scrolled away left out. */
  rows(): Promise<string[]>
  /** Everything printed so far, with its colours. */
  coloured(): Promise<string>
  cursorShown(): Promise<boolean>
  resize(columns: number, rows: number): Promise<void>
  /** Presses keys, by tmux' names (`Enter`, `Down`, `C-c`) or as the letters they are. */
  press(...keys: readonly string[]): Promise<void>
}

/**
 * Runs `loadbench` in a terminal. When it has ended, `exit code N` stands below what it printed.
 * With the test the terminal is closed, and what runs in it ends.
 */
export async function openTerminal(
  cwd: string,
  args: readonly string[],
  { columns = 80, rows = 24, env }: TerminalSettings = {},
): Promise<Terminal> {
  opened += 1
  const session = `s${opened}`
  const { PATH = '', HOME = '' } = process.env
  const variables = Object.entries({ PATH, HOME, TERM: 'screen-256color', LANG: 'C.UTF-8', ...env })
  const command = [
    'env -i',
    ...variables.map(([name, value]) => `${name}=${quoted(value)}`),
    ...[process.execPath, BIN, ...args].map(quoted),
  ].join(' ')
  await tmux(
    // The server would end with its last session, perhaps while the next one is being opened.
    ['-u', '-f', '/dev/null', 'start-server', ';', 'set-option', '-s', 'exit-empty', 'off', ';'],
    ['new-session', '-d', '-s', session],
    ['-x', String(columns), '-y', String(rows), '-c', cwd],
    // The shell outlives a Ctrl-C; what it runs gets the signal as ever.
    [`trap : INT; ${command}; echo "exit code $?"; sleep ${PATIENCE / 1_000}`],
  )
  // The signal of a closed terminal, and no later than the next test wants the machine for itself.
  onTestFinished(async () => void (await tmux(['kill-session', '-t', session])))
  const shown = async () => (await tmux(['capture-pane', '-p', '-J', '-S', '-', '-t', session])).trimEnd()
  const until = async (what: RegExp) => {
    for (const end = Date.now() + PATIENCE; Date.now() < end;) {
      // oxlint-disable-next-line no-await-in-loop -- a screen is looked at again and again
      const screen = await shown()
      if (what.test(screen)) return screen
      // oxlint-disable-next-line no-await-in-loop
      await pause(100)
    }
    throw new Error(`${String(what)} did not appear on the screen:\n${await shown()}`)
  }
  return {
    shown,
    until,
    // loadbench names its exit code too, but not at the start of a line. A terminal writes the Ctrl-C it was given.
    ended: () => until(/^(\^C)*exit code \d+$/m),
    rows: async () => (await tmux(['capture-pane', '-p', '-t', session])).split('\n').slice(0, -1),
    coloured: () => tmux(['capture-pane', '-p', '-e', '-S', '-', '-t', session]),
    cursorShown: async () =>
      (await tmux(['display-message', '-p', '-t', session, '#{cursor_flag}'])).trim() === '1',
    async resize(width, height) {
      await tmux(['resize-window', '-t', session, '-x', String(width), '-y', String(height)])
    },
    async press(...keys) {
      await tmux(['send-keys', '-t', session, ...keys])
    },
  }
}

async function tmux(...args: readonly (readonly string[])[]): Promise<string> {
  const { stdout } = await run('tmux', ['-L', SOCKET, ...args.flat()])
  return stdout
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}

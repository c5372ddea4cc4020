import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { facts } from './live/__fixtures__/facts.ts'
import { paint } from './paint.ts'
import { Screen } from './screen.ts'

const PLAIN = paint(false)
const UTF8 = { LANG: 'C.UTF-8' }

/** A stream that keeps what it is given. */
function paper(over: { isTTY?: boolean; columns?: number; rows?: number } = {}) {
  let text = ''
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString('utf8')
      done()
    },
  })
  return Object.assign(stream, over, {
    /** What came since the last call. */
    taken: () => {
      const taken = text
      text = ''
      return taken
    },
  })
}

const terminal = () => paper({ isTTY: true, columns: 80, rows: 24 })

async function liveScreen(to: ReturnType<typeof paper>, env: NodeJS.ProcessEnv = UTF8) {
  const screen = new Screen(to, false, env)
  screen.expectProgress()
  await vi.waitFor(() => {
    screen.progress(() => facts(), PLAIN)
    expect(to.taken()).toContain('spike')
  })
  screens.push(screen)
  return screen
}

const screens: Screen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) screen.settle()
})

describe('without a terminal', () => {
  it.each<[string, object, NodeJS.ProcessEnv]>([
    ['a pipe', {}, UTF8],
    ['a terminal that cannot move its cursor', { isTTY: true }, { ...UTF8, TERM: 'dumb' }],
    ['a CI job, whatever it takes for a terminal', { isTTY: true }, { ...UTF8, CI: 'true' }],
  ])('%s gets a line every ten seconds', (_, over, env) => {
    const to = paper(over)
    const screen = new Screen(to, false, env)
    screen.expectProgress()
    for (let second = 0; second < 25; second += 1) screen.progress(() => facts(), PLAIN)
    screen.settle()
    expect(to.taken().split('\n')).toEqual([
      expect.stringMatching(/^ {2}1m30s of 3m00s: 12 VUs, .*no errors$/),
      expect.stringMatching(/^ {2}1m30s of 3m00s: /),
      '',
    ])
  })

  it('asks where the run stands only for the lines it prints', () => {
    const asked = vi.fn(() => facts())
    const screen = new Screen(paper(), false, UTF8)
    for (let second = 0; second < 10; second += 1) screen.progress(asked, PLAIN)
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('prints nothing but what must not be missed when quiet', () => {
    const to = paper()
    const screen = new Screen(to, true, UTF8)
    for (let second = 0; second < 20; second += 1) screen.progress(() => facts(), PLAIN)
    screen.print('told')
    screen.script('chatter', false)
    screen.script('an error', true)
    screen.insist('must be seen')
    expect(to.taken()).toBe('  an error\nmust be seen\n')
  })

  it('prints a hundred lines of scripts a second, and says how many it left out', () => {
    const to = paper()
    const screen = new Screen(to, false, UTF8)
    for (let line = 0; line < 500; line += 1) screen.script(`line ${line}`, false)
    screen.settle()
    const lines = to.taken().trimEnd().split('\n')
    // A new second may begin in between.
    const leftOut = lines.flatMap((line) => /… (\d+) lines? left out/.exec(line)?.[1] ?? [])
    const shown = lines.length - leftOut.length
    expect(shown % 100).toBe(0)
    expect(shown + leftOut.reduce((sum, count) => sum + Number(count), 0)).toBe(500)
  })
})

describe('on a terminal', () => {
  it('keeps the view at the end and prints above it', async () => {
    const to = terminal()
    const screen = await liveScreen(to)
    screen.print('a line')
    screen.script('of a script', false)
    await vi.waitFor(() =>
      expect(stripVTControlCharacters(to.taken())).toMatch(/a line\n {2}of a script\n\n {2}1m30s/),
    )
  })

  it('takes the view away at the end and leaves the cursor where text goes on', async () => {
    const to = terminal()
    const screen = await liveScreen(to)
    screen.print('the last line')
    screen.settle()
    screen.progress(() => facts(), PLAIN)
    screen.print('the summary')
    // Up over the view and away with it, then text alone.
    const [up, rest] = to.taken().split('\u001B[J')
    expect(up?.slice(0, 3)).toBe('\r\u001B[')
    expect(rest).toBe('the last line\nthe summary\n')
  })

  it('counts the rows that broken lines take once the terminal is narrower', async () => {
    const to = terminal()
    await liveScreen(to)
    const rows = (text: string) => Number.parseInt(text.split('\r\u001B[')[1] ?? '', 10)
    to.columns = 40
    to.emit('resize')
    await vi.waitFor(() => {
      const text = to.taken()
      // 12 lines, of which some are wider than 40 columns.
      expect(rows(text)).toBeGreaterThan(12)
      for (const line of stripVTControlCharacters(text).split('\n')) expect(line.length).toBeLessThan(40)
    })
  })

  it('shows nothing but ASCII where the locale has nothing else', async () => {
    const to = terminal()
    const screen = await liveScreen(to, { LANG: 'C' })
    screen.print('✓ passed')
    screen.progress(() => facts(), PLAIN)
    const text = stripVTControlCharacters(to.taken())
    expect(text).toContain('+ passed')
    expect(text).toMatch(/^[\n\r -~]*$/)
  })

  it('catches what Node warns of', async () => {
    const to = terminal()
    await liveScreen(to)
    process.emitWarning('of something')
    await vi.waitFor(() => expect(to.taken()).toContain('Warning: of something'))
  })
})

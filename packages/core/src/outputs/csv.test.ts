import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { MANIFEST } from './__fixtures__/manifest.ts'
import { CsvOutput } from './csv.ts'
import type { IntervalPoint } from './output.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadbench-csv-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What stands in the file after one second with these points. */
async function written(points: readonly IntervalPoint[]): Promise<string> {
  const file = join(folder, 'points.csv')
  const output = new CsvOutput(file)
  await output.start(MANIFEST)
  output.interval({ second: 3, time: '2026-11-20T14:25:05.123Z', points })
  await output.end()
  return readFileSync(file, 'utf8')
}

/** Reads CSV as RFC 4180 says, but with the line ends of this file. */
function cellsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    if (end === '') break
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare)
    if (end === '\n') rows.push([])
  }
  return rows.slice(0, -1)
}

const ttft: IntervalPoint = {
  metric: 'ttft',
  tags: { scenario: 'chat', model: 'sim-8b', provider: 'openai' },
  type: 'trend',
  unit: 'ms',
  values: { avg: 231.400000000123, 'p(95)': 480, count: 12 },
}

describe('--out csv', () => {
  it('writes a row per series and second, under a header that names the statistics of the run', async () => {
    const failed: IntervalPoint = {
      metric: 'request_failed',
      tags: { scenario: 'chat' },
      type: 'rate',
      unit: '',
      values: { rate: 0.25, passes: 3, fails: 9 },
    }
    const vus: IntervalPoint = {
      metric: 'vus',
      tags: {},
      type: 'gauge',
      unit: '',
      values: { value: 4, min: 0, max: 4 },
    }
    expect(await written([ttft, failed, vus])).toMatchInlineSnapshot(`
      "time,second,metric,type,unit,scenario,tags,avg,p(95),count,rate,passes,fails,value,min,max
      2026-11-20T14:25:05.123Z,3,ttft,trend,ms,chat,model=sim-8b&provider=openai,231.4,480,12,,,,,,
      2026-11-20T14:25:05.123Z,3,request_failed,rate,,chat,,,,,0.25,3,9,,,
      2026-11-20T14:25:05.123Z,3,vus,gauge,,,,,,,,,,4,0,4
      "
    `)
  })

  it('has only a header where nothing came', async () => {
    expect((await written([])).split('\n')).toHaveLength(2)
  })

  it('gives every tag back as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), async (further) => {
        const { scenario: _, ...tags } = further
        const [, cells = []] = cellsOf(await written([{ ...ttft, tags }]))
        expect(cells).toHaveLength(16)
        const text = (cells[6] ?? '').replace(/^'(?==)/, '')
        const pairs =
          text === '' ? [] : text.split('&').map((pair) => pair.split('=').map(decodeURIComponent))
        expect(Object.fromEntries(pairs)).toEqual(tags)
      }),
      { numRuns: 50, examples: [[{ "'": '' }], [{ '': '', '+': '=' }]] },
    )
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'leaves no text %j that a spreadsheet would take for a formula',
    async (text) => {
      const [, cells = []] = cellsOf(await written([{ ...ttft, tags: { scenario: text, [text]: 'x' } }]))
      expect([cells[5], cells[6]]).toEqual([`'${text}`, expect.stringMatching(/^%[0-9A-F]{2}/)])
    },
  )
})

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded, REQUESTS, TTFT } from './metrics/__fixtures__/recorded.ts'
import { encodeSnapshot } from './metrics/snapshot-codec.ts'
import { LoadbenchError } from './model/errors.ts'
import type { Reporter, ReportInput, Summary } from './model/summary.ts'
import { MANIFEST } from './outputs/__fixtures__/manifest.ts'
import { SUMMARY } from './outputs/__fixtures__/summary.ts'
import { paint } from './outputs/console/paint.ts'
import { rebuild } from './rebuild.ts'

const root = mkdtempSync(join(tmpdir(), 'loadbench-rebuild-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const second = (number: number) =>
  encodeSnapshot(
    recorded(0, number, [
      { metric: REQUESTS, value: 1, tags: {} },
      { metric: TTFT, value: 100, tags: {} },
    ]),
  )
const json = (value: unknown) => JSON.stringify(value)
/** Three seconds with a request each. */
const WHOLE = {
  'run.json': json({ ...MANIFEST, state: 'finished' }),
  'summary.json': json(SUMMARY),
  'snapshots.ndjson': `${[0, 1, 2].map(second).join('\n')}\n`,
}
const { 'summary.json': _, ...WITHOUT_SUMMARY } = WHOLE
const KILLED = { ...WITHOUT_SUMMARY, 'run.json': json(MANIFEST) }

let folders = 0
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(root, `run-${(folders += 1)}`)
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

/** What `loadbench report` makes of a folder. */
async function report(folder: string): Promise<{ input: ReportInput; printed: string }> {
  const inputs: ReportInput[] = []
  const reporter: Reporter = {
    apiVersion: 1,
    name: 'test',
    fileName: 'report.txt',
    render: (input) => {
      inputs.push(input)
      return 'made'
    },
  }
  let printed = ''
  await rebuild({
    folder,
    reporters: [reporter],
    by: undefined,
    summaryMode: 'full',
    quiet: false,
    paint: paint(false),
    print: (text) => {
      printed += `${text}\n`
    },
  })
  const [input] = inputs
  if (input === undefined) throw new Error('nothing was rendered')
  return { input, printed }
}

/** The error a folder ends with, in its words. */
async function failure(folder: string): Promise<string> {
  const error: unknown = await report(folder).catch((thrown: unknown) => thrown)
  if (!LoadbenchError.is(error)) throw new Error(`expected an error of loadbench, got ${String(error)}`)
  return `${error.code} ${error.message}\n${error.hint}`
}

const requests = ({ metrics }: Summary) =>
  metrics.find(({ name, tags }) => name === 'requests' && Object.keys(tags).length === 0)?.count

describe('a whole folder', () => {
  it('is reported without a word about damage', async () => {
    const { input } = await report(folderOf(WHOLE))
    expect(input.summary).toEqual(SUMMARY)
    expect(input.timeline.at).toEqual([1, 2, 3])
  })
})

describe('a folder of which something is left', () => {
  const lines = WHOLE['snapshots.ndjson'].trim().split('\n')
  const [first = '', middle = '', last = ''] = lines

  it.each<[string, Record<string, string>, RegExp, number | undefined]>([
    [
      'a line of garbage',
      { ...KILLED, 'snapshots.ndjson': `${first}\n\u0000\u0001garbage\n${last}\n` },
      /1 of 3 lines of snapshots\.ndjson cannot be read; every number lacks what stood there \(line 2:/,
      2,
    ],
    [
      'a cut last line',
      { ...KILLED, 'snapshots.ndjson': `${first}\n${middle}\n${last.slice(0, 40)}` },
      /The last line of snapshots\.ndjson was cut off and left out \(line 3:/,
      2,
    ],
    [
      'a histogram that is none',
      {
        ...KILLED,
        'snapshots.ndjson': `${first}\n${middle.replace(/"histogram":"[^"]{8}/, '"histogram":"AAAAAAAA')}\n${last}\n`,
      },
      /1 of 3 lines .* \(line 2:/,
      2,
    ],
    [
      'lists with something else in them',
      {
        ...KILLED,
        'snapshots.ndjson': `${first}\n${middle.replace('"errors":[]', '"errors":[7]')}\n${last}\n`,
      },
      /1 of 3 lines .* \(line 2: is no snapshot\)/,
      2,
    ],
    [
      'garbage, and the summary whole',
      { ...WHOLE, 'snapshots.ndjson': `${first}\n{}\n${last}\n` },
      /1 of 3 lines .*; charts and distributions lack what stood there/,
      requests(SUMMARY),
    ],
    [
      'no snapshots, but a summary',
      { 'run.json': WHOLE['run.json'], 'summary.json': WHOLE['summary.json'] },
      /snapshots\.ndjson is missing; charts and distributions lack/,
      requests(SUMMARY),
    ],
    [
      'half a summary',
      { ...WHOLE, 'summary.json': WHOLE['summary.json'].slice(0, 200) },
      /summary\.json is damaged: .*; the numbers were worked out again/,
      3,
    ],
    [
      'a summary without its metrics',
      { ...WHOLE, 'summary.json': json({ ...SUMMARY, metrics: 'none' }) },
      /summary\.json is damaged at metrics: .*; the numbers were worked out again/,
      3,
    ],
    [
      'a summary of another version',
      { ...WHOLE, 'summary.json': json({ ...SUMMARY, schemaVersion: 9 }) },
      /summary\.json was written by another version of loadbench: schemaVersion 9, not 1/,
      3,
    ],
    [
      'no summary, though the run ended',
      WITHOUT_SUMMARY,
      /summary\.json is missing; the numbers were worked out again/,
      3,
    ],
    [
      'a threshold on a metric nobody knows',
      {
        ...KILLED,
        'run.json': json({
          ...MANIFEST,
          plan: {
            ...MANIFEST.plan,
            thresholds: [
              {
                key: 'own',
                metric: 'own',
                selector: {},
                expression: 'avg>5',
                abortOnFail: false,
                delayAbortEval: 0,
                noData: 'fail',
              },
            ],
          },
        }),
      },
      /Thresholds on own were not judged/,
      3,
    ],
  ])('says what was wrong, and tells the rest: %s', async (_name, files, note, count) => {
    const { input, printed } = await report(folderOf(files))
    expect(input.summary.warnings.at(-1)).toMatch(note)
    expect(printed.replaceAll(/\s+/g, ' ')).toMatch(note)
    expect(requests(input.summary)).toBe(count)
  })

  it('is read where an older version wrote it, which knew less', async () => {
    const { health: _health, ...older } = recorded(0, 0, [{ metric: REQUESTS, value: 1, tags: {} }])
    const health = { cpu: 0.5, loopUtilization: 0.6, lagMax: 0.1, lagP99: 0.1, heap: 1 }
    const { argv: _argv, host: _host, versions: _versions, ...manifest } = MANIFEST
    const { parts: _parts, slowest: _slowest, ...summary } = SUMMARY
    const files = { 'run.json': json(manifest), 'snapshots.ndjson': `${json({ ...older, health })}\n` }
    const killed = await report(folderOf(files))
    expect(requests(killed.input.summary)).toBe(1)
    const finished = await report(folderOf({ ...files, 'summary.json': json(summary) }))
    expect(finished.input.summary).toMatchObject({ run: SUMMARY.run, parts: [], slowest: [] })
  })
})

describe('how a run ended that left no summary', () => {
  const ending = { outcome: 'interrupted', exitCode: 105, reason: 'stopped by SIGINT' } as const

  it.each<[string, object, object]>([
    ['killed: nothing else is known', {}, { outcome: 'killed', exitCode: 255 }],
    [
      'as it was to end when it was killed',
      { ending },
      {
        outcome: 'interrupted',
        exitCode: 105,
        reason: expect.stringMatching(/^stopped by SIGINT; it ended at once/) as string,
      },
    ],
    ['as it did', { state: 'aborted', ending }, ending],
    [
      'early, of an older version: why is not known',
      { state: 'aborted' },
      { outcome: 'aborted', exitCode: 255 },
    ],
    ['of an older version, by its thresholds', { state: 'finished' }, { outcome: 'passed', exitCode: 0 }],
  ])('%s', async (_name, more, expected) => {
    const { input } = await report(folderOf({ ...KILLED, 'run.json': json({ ...MANIFEST, ...more }) }))
    expect(input.summary.run).toMatchObject({ ...expected, durationMs: 3_000 })
  })
})

describe('a folder of which nothing can be told', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['an empty folder', {}, /^LB_RUN_NOT_FOUND .* is no run folder: it is empty\n/],
    ['another folder', { 'notes.txt': 'hello' }, /^LB_RUN_NOT_FOUND .* it has no run\.json\n/],
    [
      'no manifest',
      { 'snapshots.ndjson': 'x', 'samples-0.ndjson.gz': 'x' },
      /^LB_RUN_UNREADABLE run\.json is missing from .*; without the plan in it, samples-0\.ndjson\.gz, snapshots\.ndjson cannot be understood\n/,
    ],
    [
      'half a manifest',
      { ...WHOLE, 'run.json': '{"schemaVersion":1,' },
      /^LB_RUN_UNREADABLE run\.json of .* is damaged: .*JSON/,
    ],
    [
      'a manifest without its plan',
      { ...WHOLE, 'run.json': json({ ...MANIFEST, plan: undefined }) },
      /^LB_RUN_UNREADABLE run\.json of .* is damaged at plan: /,
    ],
    [
      'a manifest of another version',
      { ...WHOLE, 'run.json': json({ ...MANIFEST, schemaVersion: 2 }) },
      /another version of loadbench: schemaVersion 2, not 1/,
    ],
    [
      'a manifest that is a folder',
      { 'run.json/file': '' },
      /^LB_RUN_UNREADABLE run\.json of .* cannot be read: EISDIR/,
    ],
    [
      'neither summary nor snapshots',
      { 'run.json': WHOLE['run.json'] },
      /there is no whole summary\.json, and snapshots\.ndjson is missing\n/,
    ],
    [
      'garbage alone',
      { ...KILLED, 'snapshots.ndjson': 'a\nb\n' },
      /there is no whole summary\.json, and snapshots\.ndjson has no line that can be read \(line 1:/,
    ],
  ])('is an error that says so: %s', async (_name, files, expected) => {
    expect(await failure(folderOf(files))).toMatch(expected)
  })

  it('is an error that says so: a file, or none at all', async () => {
    const folder = folderOf(WHOLE)
    expect(await failure(join(folder, 'run.json'))).toMatch(
      /^LB_RUN_NOT_FOUND .*run\.json is a file, not the folder of a run\nGive the folder it lies in: .*run-\d+$/,
    )
    expect(await failure(join(folder, 'nowhere'))).toMatch(/^LB_RUN_NOT_FOUND there is no folder /)
  })

  it('is told all the same where the report cannot be written', async () => {
    const folder = folderOf({ ...WHOLE, '.report.txt.part/file': '' })
    expect(await failure(folder)).toMatch(/^LB_RUN_UNWRITABLE .*report\.txt cannot be written: /)
  })
})

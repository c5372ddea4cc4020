import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { candidates, type Completable } from './candidates.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'loadbench-completion-'))
mkdirSync(join(FOLDER, 'kept'))
writeFileSync(join(FOLDER, 'points.csv'), '')
afterAll(() => rmSync(FOLDER, { recursive: true }))

const COMMANDS: Readonly<Record<string, Completable>> = {
  run: {
    about: 'Run it',
    flags: {
      vus: { alias: 'u', describe: 'Virtual users' },
      tag: { type: 'string', array: true },
      report: { type: 'boolean', default: true },
      quiet: { alias: 'q', type: 'boolean', default: false },
      shape: { choices: ['smoke', 'spike'] },
      simulate: { type: 'string' },
      out: { type: 'string', array: true },
    },
    words: ['one', 'two'],
    fileKinds: { out: ['csv', 'json'] },
  },
  report: { about: 'Report it', flags: {} },
}

const after = (line: string) => candidates(line.split(' '), COMMANDS).map(({ word }) => word)

describe('a command line that is being written', () => {
  it.each([
    ['', ['run', 'report', '--help', '--version']],
    ['re', ['report']],
    ['--v', ['--version']],
    ['run ', ['one', 'two']],
    ['run t', ['two']],
    [
      'run --',
      ['--vus', '--tag', '--no-report', '--quiet', '--shape', '--simulate', '--out', '--help', '--version'],
    ],
    ['run --vus 3 --v', ['--version']],
    ['run --tag a=b --ta', ['--tag']],
    ['run --vus ', []],
    ['run -u ', []],
    ['run -q ', ['one', 'two']],
    ['run --shape ', ['smoke', 'spike']],
    ['run --shape sp', ['spike']],
    ['run --simulate ', ['one', 'two']],
    ['run --out ', ['csv=', 'json=']],
    ['run --out c', ['csv=']],
    [`run --out csv=${FOLDER}/`, [`csv=${FOLDER}/kept/`, `csv=${FOLDER}/points.csv`]],
    [`run --out csv=${FOLDER}/po`, [`csv=${FOLDER}/points.csv`]],
    ['run --out ./mine', []],
    ['run --out csv = ', []],
    ['run --out csv =', []],
    ['run --out csv=a.csv --out j', ['json=']],
    ['run --frobnicate ', ['one', 'two']],
    ['frobnicate ', ['run', 'report', '--help', '--version']],
  ])('%j can go on with %j', (line, words) => {
    expect(after(line)).toEqual(words)
  })

  it('is told what each word means', () => {
    expect(candidates(['run', '--vu'], COMMANDS)).toEqual([{ word: '--vus', about: 'Virtual users' }])
  })
})

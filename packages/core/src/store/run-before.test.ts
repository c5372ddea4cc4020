import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reportBefore } from './run-before.ts'

let results = ''
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'loadbench-before-'))
})
afterEach(() => rmSync(results, { recursive: true }))

function ran(name: string, reported = true): string {
  mkdirSync(join(results, name))
  if (reported) writeFileSync(join(results, name, 'report.html'), '')
  return join(results, name)
}

describe('the report to compare a run with', () => {
  it('is that of the last run of the same script before it', async () => {
    ran('spike_20261120_235959_abcd')
    const last = ran('spike_20261121_080000_zzzz')
    ran('spike-long_20261121_090000_aaaa')
    const own = ran('spike_20261121_100000_aaaa')
    ran('spike_20261121_110000_aaaa')
    expect(await reportBefore(own)).toBe(join(last, 'report.html'))
  })

  it.each([
    ['of a first run', () => ran('spike_20261121_100000_aaaa')],
    [
      'where the last run made none',
      () => (ran('spike_20261121_080000_aaaa', false), ran('spike_20261121_100000_aaaa')),
    ],
    ['of a folder with a name of its own', () => (ran('mine_1'), ran('mine_2'))],
    ['where there are no results', () => join(results, 'gone', 'spike_20261121_100000_aaaa')],
  ])('is none %s', async (_, make) => {
    expect(await reportBefore(make())).toBeUndefined()
  })
})

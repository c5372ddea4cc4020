import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { snapshot } from '../metrics/__fixtures__/recorded.ts'
import { MANIFEST } from '../outputs/__fixtures__/manifest.ts'
import { STREAMED } from '../worker/__fixtures__/samples.ts'
import { RunWriter } from './run-writer.ts'
import { SampleFile } from './sample-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'loadbench-unwritable-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.runIf(existsSync('/dev/full'))('a disk that is full', () => {
  it('is told once by a sample file, which takes nothing more', async () => {
    symlinkSync('/dev/full', join(folder, 'samples-0.ndjson.gz'))
    const file = new SampleFile(folder, 0, 1_000)
    const problems: (string | undefined)[] = []
    for (let second = 0; second < 5; second += 1) {
      file.write(STREAMED, {})
      problems.push(file.flush())
      // oxlint-disable-next-line no-await-in-loop -- the disk answers between two seconds
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    problems.push(await file.close())
    expect(problems.filter((problem) => problem !== undefined)).toEqual([
      expect.stringContaining('ENOSPC') as string,
    ])
  })

  it('is told once by the snapshots of a run, and once by each other file', async () => {
    symlinkSync('/dev/full', join(folder, 'snapshots.ndjson'))
    const told: string[] = []
    const writer = await RunWriter.create(folder, MANIFEST, (problem) => told.push(problem))
    for (let second = 0; second < 5; second += 1) {
      writer.snapshots([snapshot(0, second)])
      // oxlint-disable-next-line no-await-in-loop -- the disk answers between two seconds
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await writer.closeSnapshots()
    expect(told).toEqual([
      expect.stringMatching(
        /^The run folder is incomplete: snapshots\.ndjson cannot be written \(ENOSPC/,
      ) as string,
    ])
    expect(await writer.file('nowhere/report.html', '')).toBe(false)
    writer.lost('a sample file', 'of worker 0')
    writer.lost('a sample file', 'of worker 1')
    expect(told).toHaveLength(3)
    expect(writer.problems).toEqual(told)
  })
})

describe('the manifest of a run', () => {
  it('is there at once where nobody knows how long the process still has', async () => {
    const writer = await RunWriter.create(folder, MANIFEST, () => undefined)
    const ending = { outcome: 'interrupted', exitCode: 105, reason: 'stopped by SIGINT' } as const
    writer.manifestNow({ ...MANIFEST, ending })
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({
      state: 'running',
      ending,
    })
    await writer.closeSnapshots()
  })

  it('holds what was written last, however quickly it follows', async () => {
    const writer = await RunWriter.create(folder, MANIFEST, () => undefined)
    await Promise.all(['a', 'b', 'c'].map((id) => writer.manifest({ ...MANIFEST, id })))
    expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toMatchObject({ id: 'c' })
    expect(writer.problems).toEqual([])
    await writer.closeSnapshots()
  })
})

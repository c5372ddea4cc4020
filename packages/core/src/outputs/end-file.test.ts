import {
  existsSync,
  lstatSync,
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
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { EndFile } from './end-file.ts'

const root = mkdtempSync(join(tmpdir(), 'loadbench-end-file-'))
afterAll(() => rmSync(root, { recursive: true }))
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'))
})

describe('a file written at the end', () => {
  it('appears whole, and leaves nothing beside it', async () => {
    const file = new EndFile(join(folder, 'a.md'))
    await file.check()
    expect(readdirSync(folder)).toEqual([])
    await file.write('new')
    expect(readdirSync(folder)).toEqual(['a.md'])
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('new')
  })

  it('keeps what stood there before until then', async () => {
    writeFileSync(join(folder, 'a.md'), 'old')
    const file = new EndFile(join(folder, 'a.md'))
    await file.check()
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('old')
    await file.write('new')
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe('new')
  })

  it('follows a link instead of replacing it', async () => {
    writeFileSync(join(folder, 'real.md'), 'old')
    symlinkSync('real.md', join(folder, 'a.md'))
    await new EndFile(join(folder, 'a.md')).write('new')
    expect(lstatSync(join(folder, 'a.md')).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'real.md'), 'utf8')).toBe('new')
  })

  it('makes its folder', async () => {
    const file = new EndFile(join(folder, 'new/a.md'))
    await file.check()
    await file.write('new')
    expect(readFileSync(join(folder, 'new/a.md'), 'utf8')).toBe('new')
  })

  it('says before the load that its folder cannot be made, or that it is a folder itself', async () => {
    writeFileSync(join(folder, 'plain'), '')
    await expect(new EndFile(join(folder, 'plain/a.md')).check()).rejects.toThrow('ENOTDIR')
    await expect(new EndFile('/proc/nowhere/a.md').check()).rejects.toThrow('ENOENT')
    mkdirSync(join(folder, 'a.md'))
    await expect(new EndFile(join(folder, 'a.md')).check()).rejects.toThrow('is a folder')
  })

  it.runIf(existsSync('/dev/full'))('may be a device, whose trouble is told', async () => {
    const file = new EndFile('/dev/full')
    await file.check()
    await expect(file.write('new')).rejects.toThrow('ENOSPC')
    expect(existsSync('/dev/full')).toBe(true)
  })
})

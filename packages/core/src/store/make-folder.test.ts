import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from './make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadbench-folder-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('a folder', () => {
  it('is made with those above it, also by several at once, and may be there already', async () => {
    const path = join(folder, 'a/b/c')
    await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(folder, 'a/b/d'))])
    await makeFolder(path)
    expect(statSync(path).isDirectory()).toBe(true)
    expect(statSync(join(folder, 'a/b/d')).isDirectory()).toBe(true)
  })

  it('is not made below a file', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(makeFolder(join(folder, 'file/a/b'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  // Node's own `recursive` tries for ever here.
  it.skipIf(!existsSync('/proc/self'))('is refused at once where the system makes none', async () => {
    await expect(makeFolder('/proc/loadbench/results')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { noRunFolder } from './no-run-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadbench-no-folder-'))
const file = join(folder, 'package.json')
writeFileSync(file, '{}')
afterAll(() => rmSync(folder, { recursive: true }))

const failure = (code: string) => Object.assign(new Error(`${code}: told by the system`), { code })

describe('a run folder that cannot be made', () => {
  it.each([join(file, 'run'), join(file, 'a', 'run')])(
    'below a file says that it is one: %s',
    async (path) => {
      expect(await noRunFolder(path, failure('ENOTDIR'))).toMatchObject({
        code: 'LB_RUN_UNWRITABLE',
        message: `the run folder ${path} cannot be made: ${file} is a file`,
        hint: 'Name a folder with --results.',
      })
    },
  )

  it.each([
    ['ENOSPC', /^Free some space/],
    ['EACCES', /^Change the rights/],
    ['EIO', /^Name another place/],
  ])('for %s says what would help', async (code, hint) => {
    const error = await noRunFolder(join(folder, 'run'), failure(code))
    expect(error.message).toContain(`cannot be written: ${code}: told by the system`)
    expect(error.hint).toMatch(hint)
  })
})

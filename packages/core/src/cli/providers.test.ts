import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { installedProviders } from './providers.ts'

// One for all tests: esbuild keeps the working directory it was loaded in.
const folder = mkdtempSync(join(tmpdir(), 'loadbench-providers-'))
beforeAll(() => void vi.spyOn(process, 'cwd').mockReturnValue(folder))
afterAll(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  return join(folder, path)
}

const namesOf = async (asked: string[]) => (await installedProviders(asked)).map(({ name }) => name)

describe('the providers of the command line', () => {
  it('are those of packages in the working directory', async () => {
    write('node_modules/@loadbench/plugin-openai/package.json', '{"type":"module","exports":"./a.js"}')
    write(
      'node_modules/@loadbench/plugin-openai/a.js',
      'export const plugins = [{ apiVersion: 1, name: "own" }]',
    )
    expect(await namesOf([])).toContain('own')
  })

  it('are those that were asked for: a package, or a file in TypeScript', async () => {
    write('node_modules/third/package.json', '{"type":"module","exports":"./a.js"}')
    write('node_modules/third/a.js', 'export const plugins = [{ apiVersion: 1, name: "third" }]')
    const file = write(
      'own.ts',
      'const name: string = "mine"\nexport const plugins = [{ apiVersion: 1, name }]',
    )
    expect(await namesOf(['third', file])).toEqual(expect.arrayContaining(['third', 'mine']))
  })

  it.each([
    ['a package that is not installed', 'not-there', '', 'LB_PLUGIN_NOT_FOUND', /no package not-there/],
    ['a file that is not there', './not-there.ts', '', 'LB_SCRIPT_NOT_FOUND', /not-there\.ts/],
    [
      'a file without plugins',
      undefined,
      'export const a = 1',
      'LB_PLUGIN_NOT_FOUND',
      /no list named `plugins`/,
    ],
    [
      'another contract',
      undefined,
      'export const plugins = [{ apiVersion: 2 }]',
      'LB_PLUGIN_INCOMPATIBLE',
      /version 2/,
    ],
  ])('cannot be taken from %s', async (_, name, text, code, message) => {
    const asked = name ?? write('own.ts', text)
    await expect(installedProviders([asked])).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    })
  })
})

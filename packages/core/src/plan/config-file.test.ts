import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LoadbenchError } from '../model/errors.ts'
import { readConfig } from './config-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadbench-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(name: string, text: string): Promise<unknown> {
  const path = join(folder, name)
  await writeFile(path, text)
  return readConfig(path)
}

describe('a config file', () => {
  it.each([
    ['a.json', '{"vus": 3, "tags": {"a": "b"}}', { vus: 3, tags: { a: 'b' } }],
    ['a.yaml', 'vus: 3\ntags: {a: b}\n', { vus: 3, tags: { a: 'b' } }],
    ['a.YML', 'thresholds:\n  ttft: p(95)<550\n', { thresholds: { ttft: 'p(95)<550' } }],
    ['empty.yaml', '# nothing yet\n', null],
    [
      'merge.yaml',
      'scenarios:\n  a: &a {executor: constant-vus, vus: 1}\n  b: {<<: *a, vus: 2}\n',
      { scenarios: { a: { executor: 'constant-vus', vus: 1 }, b: { executor: 'constant-vus', vus: 2 } } },
    ],
  ])('%s is read', async (name, text, value) => {
    expect(await read(name, text)).toEqual(value)
  })

  it.each([
    ['a missing comma', 'b.json', '{\n  "vus": 10\n  "seed": 1\n}', '3:3: Expected'],
    ['a comma too many', 'b.json', '{\n  "vus": 10,\n}', '3:1: Expected'],
    ['a word without quotes', 'b.json', '{\n  "duration": xs\n}', "2:15: Unexpected token 'x'"],
    [
      'a word without quotes in a long text',
      'b.json',
      `{"a": "${'a'.repeat(100)}",\n "b": xs, "c": "${'c'.repeat(100)}"}`,
      "2:7: Unexpected token 'x'",
    ],
    ['a missing brace', 'b.json', '{"tags": {"a": "b"}', '1:20: '],
    ['no text at all', 'b.json', '', '1:1: Unexpected end'],
    ['a bracket left open', 'b.yaml', 'vus: 1\nstages: [1, 2\nseed: 3\n', '3:1: '],
    ['a key twice', 'b.yaml', 'vus: 1\nvus: 2\n', '2:1: Map keys must be unique'],
    ['two documents', 'b.yaml', 'vus: 1\n---\nvus: 2\n', '2:1: '],
  ])('with %s names line and column', async (_, name, text, message) => {
    const reading = read(name, text)
    await expect(reading).rejects.toThrow(`${join(folder, name)}:${message}`)
    await expect(reading).rejects.toMatchObject({ code: 'LB_CONFIG_UNREADABLE', exitCode: 104 })
  })

  it('with an alias that leads nowhere is unreadable', async () => {
    await expect(read('c.yaml', 'vus: *none')).rejects.toThrow(/c\.yaml cannot be read: .*none/)
  })

  it('that is not there says so', async () => {
    const reading = readConfig(join(folder, 'nowhere.yaml'))
    await expect(reading).rejects.toThrow('nowhere.yaml cannot be read: there is no such file')
    await expect(reading).rejects.toBeInstanceOf(LoadbenchError)
  })

  it('of another kind is refused by its name', async () => {
    await expect(readConfig('loadbench.toml')).rejects.toMatchObject({
      code: 'LB_CONFIG_UNREADABLE',
      hint: 'A config file ends in .json, .yaml or .yml.',
    })
  })
})

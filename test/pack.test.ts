import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { packageManager, version } = {
  ...(JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as { packageManager: string }),
  ...(JSON.parse(readFileSync(`${ROOT}/packages/core/package.json`, 'utf8')) as { version: string }),
}

const SCRIPT = `
import { check, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

export const options: Options = { vus: 1, iterations: 2, thresholds: { checks: ['rate==1'] } }
const llm = openai({ model: 'sim-8b' })

export default async function () {
  const reply = await llm.chat({ messages: [{ role: 'user', content: 'Hello' }], maxTokens: 4 })
  check(reply, { answered: ({ ok }) => ok })
}
`

describe('the packages, packed and installed outside of the repository', () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadbench-pack-'))
  const run = (command: string, args: readonly string[], cwd = folder) =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

  beforeAll(() => {
    for (const name of readdirSync(`${ROOT}/packages`)) {
      run('npx', ['-y', packageManager, 'pack', '--pack-destination', folder], `${ROOT}/packages/${name}`)
    }
    const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'))
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    run('npm', [
      'install',
      '--no-audit',
      '--no-fund',
      '--prefer-offline',
      ...tarballs.map((file) => `./${file}`),
    ])
    writeFileSync(join(folder, 'first.ts'), SCRIPT)
  }, 300_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('hold no tests, no sources and no build leftovers', () => {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.tgz'))) {
      const contents = run('tar', ['-tzf', file]).split('\n')
      expect(contents.filter((path) => /\.test\.|__fixtures__|\/src\/|tsbuildinfo/.test(path))).toEqual([])
    }
  })

  it('give a command that knows its version', () => {
    expect(run('npx', ['loadbench', '--version']).trim()).toBe(version)
  })

  it('run a script that imports loadbench and a provider, and write the report', () => {
    const printed = run('npx', ['loadbench', 'run', 'first.ts', '--simulate', '{"ttft":5,"itl":1}'])
    expect(printed).toContain('passed after')
    const [id = ''] = readdirSync(join(folder, 'results'))
    expect(readFileSync(join(folder, 'results', id, 'report.html'), 'utf8')).toContain('first.ts')
  })

  it('carry the templates of the report compiled, so that no run loads the compiler', () => {
    const program = `
      await import('@loadbench/reporter-html')
      const { createRequire } = await import('node:module')
      const files = Object.keys(createRequire(import.meta.url).cache)
      console.log(files.filter((file) => file.includes('handlebars')).join())`
    const loaded = run('node', ['--input-type=module', '--eval', program])
    expect(loaded).toContain('handlebars.runtime.js')
    expect(loaded).not.toContain('compiler')
  })
})

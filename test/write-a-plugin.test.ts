import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { untilEnded } from './harness/loadbench.ts'
import { makeProject, ROOT } from './harness/project.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 120_000 })

const page = readFileSync(join(ROOT, 'docs/write-a-plugin.md'), 'utf8')
const files = Object.fromEntries(
  Array.from(page.matchAll(/^```(?:ts|js)\n\/\/ (\S+)\n(.*?)^```$/gms), ([, name = '', text = '']) => [
    name,
    text,
  ]),
)
const [, manifest = ''] = /^```json\n(.*?)^```$/ms.exec(page) ?? []

const project = makeProject({ ...files, 'package.json': manifest })
for (const name of ['tsx', 'loadbench', '@types']) {
  symlinkSync(join(ROOT, 'node_modules', name), join(project.folder, 'node_modules', name), 'dir')
}
const node = (args: readonly string[]) => untilEnded(process.execPath, args, { cwd: project.folder })

describe('the plugin of docs/write-a-plugin.md', () => {
  it('is whole, and small', () => {
    expect(Object.keys(files)).toEqual(['parrot.ts', 'parrot.test.ts', 'server.mjs', 'hello.ts'])
    const code = (files['parrot.ts'] ?? '').split('\n').filter((line) => !/^\s*(\/\/.*|\/?\*.*)?$/.test(line))
    expect(code.length).toBeLessThan(100)
  })

  it('holds to its types', async () => {
    project.write(
      'tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noUncheckedIndexedAccess: true,
          exactOptionalPropertyTypes: true,
          module: 'nodenext',
          target: 'es2023',
          types: ['node'],
          noEmit: true,
          allowImportingTsExtensions: true,
        },
        include: ['*.ts'],
      }),
    )
    const { code, stdout } = await node([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', '.'])
    expect(stdout).toBe('')
    expect(code).toBe(0)
  })

  it('passes its test, as the page runs it', async () => {
    expect(page).toContain('npx tsx --test parrot.test.ts')
    const { code, stdout } = await node(['node_modules/tsx/dist/cli.mjs', '--test', 'parrot.test.ts'])
    expect(stdout).toMatch(/^. fail 0$/m)
    expect(Number(/^. pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(30)
    expect(code).toBe(0)
  })

  it('fails its test when it is broken', async () => {
    const broken = (files['parrot.ts'] ?? '').replace(
      "return [{ type: 'text-delta', text: first }]",
      "return [{ type: 'text-delta', text: first }, { type: 'finish', reason: 'stop' }]",
    )
    const other = makeProject({ ...files, 'parrot.ts': broken, 'package.json': manifest })
    symlinkSync(join(ROOT, 'node_modules/loadbench'), join(other.folder, 'node_modules/loadbench'), 'dir')
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs')
    const { code, stdout } = await untilEnded(process.execPath, [tsx, '--test', 'parrot.test.ts'], {
      cwd: other.folder,
    })
    expect(stdout).toContain('decode: text, truncated anywhere, is not taken for whole')
    expect(code).toBe(1)
  })
})

describe('its server', () => {
  let address = ''
  const server = spawn(process.execPath, ['server.mjs'], {
    cwd: project.folder,
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  beforeAll(async () => {
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    address = /http:\S+/.exec(line.toString())?.[0] ?? ''
  })
  afterAll(async () => {
    const exited = once(server, 'exit')
    server.kill()
    await exited
  })

  it('is loaded by the script of the page', async () => {
    const ran = await project.loadbench(['run', 'hello.ts', '--target', `parrot=${address}`])
    expect(ran.stderr).toBe('')
    expect(ran.code).toBe(0)
    const summary = ran.summary()
    expect(valueOf(summary, 'requests', 'count')).toBe(10)
    expect(valueOf(summary, 'output_tokens', 'count')).toBe(30)
    expect(valueOf(summary, 'input_tokens', 'count')).toBe(30)
    expect(metricOf(summary, 'ttft').count).toBe(10)
    expect(summary.checks).toEqual([{ name: 'repeated', passes: 10, fails: 0 }])
    expect(summary.servers).toMatchObject([{ provider: 'parrot', server: 'parrot', version: '1.2.0' }])
    expect(ran.stdout).toContain('parrot → parrot 1.2.0, polly')
  })

  it('is found by a probe', async () => {
    const { code, stdout } = await project.loadbench(['probe', address, '--plugin', './parrot.ts', '--json'])
    expect(JSON.parse(stdout)).toEqual([
      {
        provider: 'parrot',
        target: `${address}/`,
        server: 'parrot',
        version: '1.2.0',
        models: [{ id: 'polly' }],
      },
    ])
    expect(code).toBe(0)
  })
})

import { execFileSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { makeProject, ROOT } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'

vi.setConfig({ testTimeout: 120_000 })

const page = readFileSync(join(ROOT, 'docs/write-an-output.md'), 'utf8')

/** The outputs that the page shows, by the name in their first line. */
const outputs = Object.fromEntries(
  Array.from(page.matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms), ([, name = '', text = '']) => [name, text]),
)
/** What the page says to type, without the name of the command. */
const commands = Array.from(page.matchAll(/^\$ loadbench (.*)$/gm), ([, command = '']) => command)

const HELLO = script({ vus: 1, duration: '5s', thresholds: { requests: ['count<1'] } })
const project = makeProject({ ...outputs, 'hello.ts': HELLO })

/** Runs the command of the page that has `name` in it, against a quick simulator. */
function run(name: string, change = (argument: string) => argument) {
  const command = commands.find((one) => one.includes(name)) ?? ''
  const args = command.split(' ').flatMap((one) => (one === '--simulate' ? [one, QUICK] : [change(one)]))
  return project.loadbench([...args, '--no-report'])
}

describe('docs/write-an-output.md', () => {
  it('shows outputs that the compiler takes', () => {
    expect(Object.keys(outputs)).toEqual(['slack-message.ts', 'statsd.ts'])
    const config = {
      compilerOptions: {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        skipLibCheck: true,
        module: 'nodenext',
        target: 'es2023',
        types: ['node'],
        typeRoots: [join(ROOT, 'node_modules/@types')],
        paths: { 'loadbench/report': [join(ROOT, 'packages/core/dist/report.d.ts')] },
      },
      files: Object.keys(outputs),
    }
    project.write('package.json', '{ "type": "module" }')
    project.write('tsconfig.json', JSON.stringify(config))
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
    expect(() =>
      execFileSync(process.execPath, [compiler], { cwd: project.folder, stdio: 'pipe' }),
    ).not.toThrow()
  })

  it('shows an output that writes a message at the end', async () => {
    const ran = await run('slack-message.ts')
    expect(ran).toMatchObject({ code: 99, stderr: '' })
    expect(ran.stdout).toContain('  message   message.json\n')
    const { text } = JSON.parse(project.read('message.json')) as { text: string }
    expect(text).toMatch(
      /^:x: \*hello\.ts\* thresholds-failed\n• requests: count&lt;1, observed \d+\n95 % of the first tokens came within [\d.]+ms$/,
    )
  })

  it('shows an output that sends each second on', async () => {
    const received: string[] = []
    const server = createSocket('udp4').on('message', (line) => received.push(line.toString()))
    await new Promise<void>((listening) => {
      server.bind(0, '127.0.0.1', listening)
    })
    const { port } = server.address()
    try {
      const ran = await run('statsd.ts', (argument) => argument.replace('8125', String(port)))
      expect(ran).toMatchObject({ code: 99, stderr: '' })
      expect(ran.summary().warnings).toEqual([])
    } finally {
      server.close()
    }
    const named = (line: RegExp) => received.filter((one) => line.test(one)).length
    expect(named(/^loadbench\.requests:\d+\|c$/)).toBeGreaterThan(1)
    expect(named(/^loadbench\.vus:1\|g$/)).toBeGreaterThan(1)
    expect(named(/^loadbench\.ttft:[\d.]+\|ms$/)).toBeGreaterThan(1)
  })
})

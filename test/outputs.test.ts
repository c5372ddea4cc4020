import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findChromium, launch } from '../packages/reporter-html/src/__fixtures__/browser.ts'
import type { Ran } from './harness/loadbench.ts'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const CHECK = `broken <b>"&'</b> ]]> | \u0007 @you`

const LOAD = script(
  { vus: 1, duration: '2s', thresholds: { ttft: ['p(95)<60000'], requests: ['count<1'] } },
  `
  import { check as look } from 'loadbench'
  export default async function () {
    const answer = await ask()
    look(answer, { answered: ({ ok }) => ok, [${JSON.stringify(CHECK)}]: false })
  }
  export function handleSummary() { return { stdout: 'my own words', 'mine.txt': 'a file' } }
`,
)

/** Notes what it hears into a file, at the end. */
const NOTING = `
import type { OutputPlugin } from 'loadbench/report'
import { writeFileSync } from 'node:fs'
import { start } from './heard.ts'
export const output: OutputPlugin = {
  apiVersion: 1,
  name: 'noting',
  async create(argument, { version, strictHealth, env }) {
    const heard: string[] = [String(argument), typeof version, String(strictHealth), env.COLOUR ?? '']
    return {
      start: ({ id }) => void heard.push(start(id)),
      interval: ({ second, points }) => void heard.push('second ' + second + ' ' + (points.length > 0)),
      end: async ({ run }) => writeFileSync('noted.json', JSON.stringify([...heard, run.outcome])),
    }
  },
}
`

describe('several outputs of one run', () => {
  const project = makeProject({
    'load/test.ts': LOAD,
    'noting.ts': NOTING,
    'heard.ts': `export const start = (id: string) => 'start of ' + id.slice(0, 4)`,
    'node_modules/loadbench-output-pack/package.json':
      '{ "name": "loadbench-output-pack", "type": "module", "exports": { ".": { "import": "./main.js" } } }',
    'node_modules/loadbench-output-pack/main.js': `
      export default { apiVersion: 1, name: 'pack', create: (_, { print }) => ({ end: () => print('packed up') }) }
    `,
  })
  const wanted = [
    'csv=a.csv',
    'json=a.ndjson',
    'junit=a.xml',
    'markdown=a.md',
    './noting.ts',
    'loadbench-output-pack',
  ]
  let ran: Ran

  beforeAll(async () => {
    const flags = [
      ...wanted.flatMap((one) => ['--out', one]),
      '--summary-export',
      'a.json',
      '--strict-health',
    ]
    ran = await project.loadbench(['run', 'load/test.ts', '--simulate', QUICK, '--no-report', ...flags], {
      env: { COLOUR: 'green' },
    })
  })

  it('leaves the verdict and the summary of the script as they are', () => {
    expect(ran).toMatchObject({ code: 99, stderr: '' })
    expect(ran.stdout).toContain('my own words')
    expect(project.read('mine.txt')).toBe('a file')
  })

  it('csv: a header, and rows for every second with as many cells', () => {
    const lines = project.read('a.csv').trim().split('\n')
    expect(lines[0]).toMatch(/^time,second,metric,type,unit,scenario,tags,avg,/)
    const plain = lines.filter((line) => !line.includes('"')).map((line) => line.split(','))
    expect(new Set(plain.map((cells) => cells.length)).size).toBe(1)
    const ttft = plain.filter(([, , metric]) => metric === 'ttft')
    expect(ttft.length).toBeGreaterThan(1)
    expect(ttft[0]?.slice(1, 7)).toEqual([
      '0',
      'ttft',
      'trend',
      'ms',
      'default',
      'model=sim-8b&provider=openai',
    ])
  })

  it('json: the run, points, the summary', () => {
    const lines = project.read('a.ndjson').trim().split('\n')
    const types = lines.map((line) => (JSON.parse(line) as { type: string }).type)
    expect([types[0], types.at(-1)]).toEqual(['run', 'summary'])
    expect(new Set(types.slice(1, -1))).toEqual(new Set(['point']))
  })

  it('summary-export: what summary.json is', () => {
    expect(JSON.parse(project.read('a.json'))).toEqual(ran.summary())
  })

  it('markdown: the verdict first', () => {
    expect(project.read('a.md')).toMatch(
      /^## ❌ `load\/test\.ts`: thresholds failed\n\n1 of 2 thresholds failed\n/,
    )
  })

  it('a file of the user, in TypeScript, hears the run from its start to its end', () => {
    const heard = JSON.parse(project.read('noted.json')) as string[]
    expect(heard.slice(0, 5)).toEqual(['undefined', 'string', 'true', 'green', 'start of test'])
    expect(heard).toContain('second 0 true')
    expect(heard).toContain('second 1 true')
    expect(heard.at(-1)).toBe('thresholds-failed')
  })

  it('a package of the project, though it is for `import` alone', () => {
    expect(ran.stdout).toContain('packed up\n')
  })

  it('leaves no file behind that is half written, and no bundle', () => {
    const made = [
      'a.csv',
      'a.json',
      'a.md',
      'a.ndjson',
      'a.xml',
      'heard.ts',
      'load',
      'mine.txt',
      'node_modules',
    ]
    expect(project.list()).toEqual([...made, 'noted.json', 'noting.ts', 'results', 'tmp'])
    expect(project.list('tmp')).toEqual([])
  })

  const chromium = findChromium()
  const required = process.env['LOADBENCH_REQUIRE_BROWSER'] === '1'
  if (chromium === undefined && !required)
    console.log('JUnit XML is not read by an XML parser: no Chromium is installed (CHROMIUM_PATH names one).')

  describe.skipIf(chromium === undefined && !required)('junit', () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await launch(chromium ?? 'no Chromium is installed and CHROMIUM_PATH names none')
    })
    afterAll(() => browser?.close())

    it('is XML whose suites count what is in them, with texts as they were', async () => {
      const page = await browser.newPage()
      const suites = await page.evaluate((text) => {
        const document = new DOMParser().parseFromString(text, 'application/xml')
        const read = (element: Element) =>
          Object.fromEntries(Array.from(element.attributes, ({ name, value }) => [name, value]))
        return Array.from(document.querySelectorAll('testsuites > testsuite'), (suite) => ({
          ...read(suite),
          cases: Array.from(suite.querySelectorAll(':scope > testcase'), (one) => ({
            ...read(one),
            failure: one.querySelector(':scope > failure')?.getAttribute('message'),
          })),
        }))
      }, project.read('a.xml'))
      expect(suites).toMatchObject([
        {
          name: 'thresholds',
          tests: '2',
          failures: '1',
          cases: [
            { name: 'ttft p(95)<60000', classname: 'load.test.thresholds' },
            {
              name: 'requests count<1',
              failure: expect.stringMatching(/^\d+ instead of count<1$/) as string,
            },
          ],
        },
        {
          name: 'checks',
          tests: '2',
          failures: '1',
          cases: [
            { name: 'answered' },
            {
              name: CHECK.replace('\u0007', '\uFFFD'),
              failure: expect.stringMatching(/^(\d+) of \1 failed \(100%\)$/) as string,
            },
          ],
        },
        {
          name: 'run',
          tests: '2',
          errors: '0',
          cases: [{ name: 'the run came to its end' }, { name: 'the generator can be trusted' }],
        },
      ])
    })
  })
})

describe('an output that fails', () => {
  const PLAIN = script({ vus: 1, duration: '3s' })
  const broken = (body: string) => `export default { apiVersion: 1, name: 'mine', create: () => (${body}) }`

  it.each([
    ['in a second', broken(`{ interval() { throw new Error('no luck') }, end() {} }`)],
    ['in a second, later', broken(`{ async interval() { throw new Error('no luck') }, end() {} }`)],
    ['at the end', broken(`{ async end() { throw new Error('no luck') } }`)],
  ])('%s is named and fails the run, but ends nothing', async (_, text) => {
    const project = makeProject({ 'test.ts': PLAIN, 'mine.js': text })
    const flags = ['--out', './mine.js', '--out', 'csv=a.csv']
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags])
    const problem = 'The output mine failed and was left out: no luck'
    expect(ran).toMatchObject({ code: 255, stderr: '' })
    // At once, among the notes, and as the reason of the exit code.
    expect(ran.stdout.split(problem)).toHaveLength(4)
    expect(ran.summary().warnings).toEqual([problem])
    expect(ran.summary().run).toMatchObject({ outcome: 'failed', reason: `LB_OUTPUT_FAILED ${problem}` })
    expect(project.read('a.csv')).toMatch(/,2,iterations,/)
  })

  it.runIf(existsSync('/dev/full'))('for a full disk too', async () => {
    const project = makeProject({ 'test.ts': PLAIN })
    const outputs = ['csv', 'json', 'junit', 'markdown']
    const flags = outputs.flatMap((name) => ['--out', `${name}=/dev/full`])
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags])
    expect(ran).toMatchObject({ code: 255, stderr: '' })
    expect(ran.summary().warnings.toSorted()).toEqual(
      outputs.map((name) => expect.stringContaining(`The output ${name}=/dev/full failed`) as string),
    )
  })
})

describe('a wrong --out', () => {
  const project = makeProject({
    'test.ts': script({ iterations: 1 }),
    'nothing.ts': 'export const other = 1',
    'newer.ts': `export default { apiVersion: 2, name: 'newer', create() {} }`,
    'typo.ts': 'export default {',
    'throws.ts': `throw new Error('not today')`,
    'refuses.ts': `export default { apiVersion: 1, name: 'r', create(argument) { throw new Error('no ' + argument) } }`,
  })
  it('two in one file, however it is written: refused before any load', async () => {
    const twice = ['--out', 'csv=same.txt', '--out', 'json=./same.txt']
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', ...twice])
    expect(ran.code).toBe(104)
    expect(ran.stderr).toContain(
      'LB_OUTPUT_INVALID --out csv=same.txt and --out json=./same.txt write to the same file',
    )
    expect(project.list()).not.toContain('same.txt')
  })

  it.each([
    ['cvs=a.csv', 'LB_OUTPUT_INVALID there is no output "cvs"; did you mean "csv"?'],
    ['loadbench-output-slack', 'LB_OUTPUT_INVALID there is no output "loadbench-output-slack"'],
    ['./missing.ts', 'LB_OUTPUT_INVALID there is no file ./missing.ts'],
    ['junit', 'LB_OUTPUT_INVALID the output "junit" needs a file'],
    ['junit=', 'LB_OUTPUT_INVALID the output "junit" needs a file'],
    ['markdown=test.ts/a.md', 'LB_OUTPUT_INVALID the output markdown=test.ts/a.md cannot begin: ENOTDIR'],
    ['csv=test.ts/a.csv', 'LB_OUTPUT_INVALID the output csv=test.ts/a.csv cannot begin: ENOTDIR'],
    ['csv=node_modules', 'LB_OUTPUT_INVALID the output csv=node_modules cannot begin: EISDIR'],
    [
      'junit=node_modules',
      'LB_OUTPUT_INVALID the output junit=node_modules cannot begin: node_modules is a folder',
    ],
    ['./nothing.ts', 'LB_PLUGIN_NOT_FOUND ./nothing.ts exports no output'],
    ['./newer.ts', 'LB_PLUGIN_INCOMPATIBLE ./newer.ts speaks version 2 of the output contract'],
    ['./typo.ts', 'LB_SCRIPT_SYNTAX ./typo.ts cannot be read'],
    ['./throws.ts', 'LB_OUTPUT_INVALID the output ./throws.ts cannot be loaded\n\nError: not today\n    at '],
    ['./refuses.ts=me', 'LB_OUTPUT_INVALID the output ./refuses.ts cannot be made\n\nError: no me'],
  ])('%s is refused before any load', async (out, message) => {
    const ran = await project.loadbench(['run', 'test.ts', '--simulate', QUICK, '--out', out])
    expect(ran).toMatchObject({ code: 104, stdout: '' })
    expect(ran.stderr).toContain(message)
    // A stack leads to the line the user wrote, not into a bundle.
    if (message.includes('\n\nError: ')) expect(ran.stderr).toMatch(/\n {4}at .*(?:throws|refuses)\.ts:1:\d+/)
    expect(project.list('results')).toEqual([])
  })
})

describe('on GitHub Actions', () => {
  const project = makeProject({ 'load/test.ts': LOAD })
  const run = (flags: readonly string[], summary: string) =>
    project.loadbench(['run', 'load/test.ts', '--simulate', QUICK, '--no-report', ...flags], {
      env: {
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: project.folder,
        GITHUB_STEP_SUMMARY: join(project.folder, summary),
      },
    })

  it('the job gets a summary and annotations by itself', async () => {
    const ran = await run([], 'step.md')
    expect(ran.stdout).toMatch(
      /^::error file=load\/test\.ts,title=Threshold failed%3A requests count<1::observed: \d+$/m,
    )
    expect(project.read('step.md')).toMatch(/^## ❌ `load\/test\.ts`: thresholds failed$/m)
  })

  it('and nothing with --no-github', async () => {
    const ran = await run(['--no-github'], 'none.md')
    expect(ran.code).toBe(99)
    expect(ran.stdout).not.toContain('::error')
    expect(project.list()).not.toContain('none.md')
  })
})

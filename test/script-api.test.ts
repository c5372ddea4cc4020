import { describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { QUICK, script } from './harness/scripts.ts'
import { metricOf, valueOf } from './harness/summary.ts'

vi.setConfig({ testTimeout: 180_000 })

type Files = Readonly<Record<string, string>>

/** Runs `test.ts` of a project against a quick simulator, without a report. */
function run(files: string | Files, flags: readonly string[] = []) {
  const project = makeProject(typeof files === 'string' ? { 'test.ts': files } : files)
  return project
    .loadbench(['run', 'test.ts', '--simulate', QUICK, '--no-report', ...flags])
    .then((ran) => ({ ...ran, project }))
}

/** What a script printed as `mark {…}`, in order. */
function printed(stdout: string, mark: string): Record<string, unknown>[] {
  const lines = Array.from(
    stdout.matchAll(new RegExp(`^ *${mark} (\\{.*\\})$`, 'gm')),
    ([, json = '']) => json,
  )
  return lines.map((json) => JSON.parse(json) as Record<string, unknown>)
}

describe('check()', () => {
  it('counts each condition by its name, under the tags it is given', async () => {
    const options = {
      iterations: 4,
      thresholds: { 'checks{kind:odd}': ['rate==0.5'], 'checks{check:always}': ['rate==1'] },
    }
    const { code, summary } = await run(
      script(
        options,
        `
        export default function () {
          const number = exec.scenario.iterationInTest
          check(number, { always: true, even: (n) => n % 2 === 0 }, { kind: 'odd' })
          check(number, { always: (n) => n >= 0 })
        }
      `,
      ),
    )
    // Under kind:odd stand 4 of always, all true, and 4 of even, half of them true.
    expect(code).toBe(99)
    expect(summary().checks).toEqual([
      { name: 'always', passes: 8, fails: 0 },
      { name: 'even', passes: 2, fails: 2, example: '1' },
    ])
    expect(valueOf(summary(), 'checks', 'rate', { kind: 'odd' })).toBe(0.75)
    expect(summary().thresholds.map(({ passed }) => passed)).toEqual([false, true])
  })

  it('may throw: that is a failed check and a failed iteration', async () => {
    const ran = await run(
      script(
        { iterations: 1 },
        `
        export default function () { check(undefined, { 'has a text': (reply) => reply.text !== '' }) }
      `,
      ),
    )
    expect(ran.summary().checks).toEqual([{ name: 'has a text', passes: 0, fails: 1, example: 'undefined' }])
    expect(valueOf(ran.summary(), 'iteration_failed', 'passes')).toBe(1)
  })
})

describe('group()', () => {
  it('waits for what it holds, tags it with its path and gives back what it gave', async () => {
    const options = {
      iterations: 2,
      thresholds: {
        'group_duration{group:::outer}': ['count==2'],
        'group_duration{group:::outer::inner}': ['count==2', 'min>=100'],
        'requests{group:::outer::inner}': ['count==2'],
        'requests{group:::outer}': ['count==2'],
      },
    }
    const ran = await run(
      script(
        options,
        `
        export default async function () {
          const text = await group('outer', async () => {
            await ask()
            return group('inner', async () => { await sleep(0.1); return (await ask()).text })
          })
          if (text === '') throw new Error('nothing came back')
          await Promise.all([1, 2].map(() => ask()))
        }
      `,
      ),
    )
    expect(ran.code).toBe(0)
    expect(ran.summary().thresholds.every(({ passed }) => passed)).toBe(true)
    expect(valueOf(ran.summary(), 'group_duration', 'count')).toBe(4)
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(8)
    expect(valueOf(ran.summary(), 'iteration_failed', 'passes')).toBe(0)
  })
})

describe('metrics of a script', () => {
  it('Trend, Counter, Rate and Gauge are recorded, judged and printed', async () => {
    const options = {
      iterations: 4,
      thresholds: {
        answer_words: ['avg==2.5', 'max<=4'],
        answers: ['count==10'],
        long_answers: ['rate==0.25'],
        temperature: ['value<100', 'max==3'],
        'answers{parity:even}': ['count==4'],
      },
    }
    const ran = await run(
      script(
        options,
        `
        const words = new Trend('answer_words')
        const time = new Trend('thinking', true)
        const answers = new Counter('answers')
        const long = new Rate('long_answers')
        const temperature = new Gauge('temperature')
        export default function () {
          const n = exec.scenario.iterationInTest
          words.add(n + 1)
          time.add(1_500)
          answers.add(n + 1, { parity: n % 2 === 0 ? 'even' : 'odd' })
          long.add(n === 3)
          temperature.add(n)
        }
      `,
      ),
    )
    expect(ran.code).toBe(0)
    expect(metricOf(ran.summary(), 'answer_words')).toMatchObject({ type: 'trend', unit: '', count: 4 })
    expect(metricOf(ran.summary(), 'thinking')).toMatchObject({ unit: 'ms', values: { min: 1_500 } })
    expect(metricOf(ran.summary(), 'answers')).toMatchObject({ type: 'counter', values: { count: 10 } })
    expect(metricOf(ran.summary(), 'long_answers')).toMatchObject({
      type: 'rate',
      values: { passes: 1, fails: 3 },
    })
    expect(metricOf(ran.summary(), 'temperature')).toMatchObject({
      type: 'gauge',
      values: { min: 0, max: 3 },
    })
    expect(ran.stdout).toMatch(/OWN METRICS[^]*answer_words +2\.50 [^]*thinking +s +1\.50 [^]*answers +10 /)
  })
})

describe('sleep()', () => {
  it('takes seconds, and the end of the run cuts it short', async () => {
    const options = {
      scenarios: { one: { executor: 'constant-vus', vus: 1, duration: '1s', gracefulStop: 0 } },
    }
    const ran = await run(
      script(
        options,
        `
        export default async function () { await sleep(0.2); await sleep(exec.vu.iterationInScenario < 2 ? 0 : 600) }
      `,
      ),
    )
    expect(ran.code).toBe(0)
    expect(valueOf(ran.summary(), 'iteration_duration', 'min')).toBeGreaterThanOrEqual(199)
    expect(ran.summary().scenarios).toMatchObject([{ interrupted: 1 }])
  })
})

describe('SharedArray', () => {
  it('is read once per process, whatever the number of workers, and is the same for all', async () => {
    const ran = await run(
      script(
        { vus: 4, iterations: 8 },
        `
        import { appendFileSync } from 'node:fs'
        const questions = new SharedArray('questions', () => {
          appendFileSync('read.log', 'read\\n')
          return ['a', 'b', 'c'].map((text) => ({ text }))
        })
        export default function () {
          check(questions, {
            whole: (list) => list.length === 3 && [...list].map(({ text }) => text).join('') === 'abc',
            'frozen rows': (list) => Object.isFrozen(list[1]) && list[1].text === 'b',
            'nothing outside': (list) => list[3] === undefined,
          })
        }
      `,
      ),
      ['--workers', '2'],
    )
    expect(ran.code).toBe(0)
    expect(ran.project.read('read.log')).toBe('read\n')
    expect(ran.summary().checks.map(({ passes, fails }) => [passes, fails])).toEqual([
      [8, 0],
      [8, 0],
      [8, 0],
    ])
  })
})

describe('exec', () => {
  it('tells an iteration where it is', async () => {
    const options = {
      scenarios: { ramp: { executor: 'per-vu-iterations', vus: 2, iterations: 2, exec: 'work' } },
      tags: { team: 'ml' },
      setupTimeout: '7s',
    }
    const ran = await run(
      script(
        options,
        `
        export function setup() { console.log('setup ' + JSON.stringify({ vu: exec.vu.idInTest, seed: exec.test.options.seed })) }
        export function work() {
          const { vu, scenario, instance, test } = exec
          console.log('exec ' + JSON.stringify({
            vu: vu.idInTest, instanceVu: vu.idInInstance, nth: vu.iterationInScenario, tags: vu.metrics.tags,
            scenario: scenario.name, executor: scenario.executor, iteration: scenario.iterationInTest,
            age: Date.now() - scenario.startTime, progress: scenario.progress,
            active: instance.vusActive, initialized: instance.vusInitialized, duration: instance.currentTestRunDuration,
            timeout: test.options.setupTimeout, frozen: Object.isFrozen(test.options),
          }))
        }
      `,
      ),
      ['--workers', '1'],
    )
    expect(ran.code).toBe(0)
    expect(printed(ran.stdout, 'setup')).toEqual([{ vu: 0, seed: 1 }])
    const seen = printed(ran.stdout, 'exec')
    expect(seen.map(({ vu, nth }) => `${String(vu)}.${String(nth)}`).toSorted()).toEqual([
      '1.0',
      '1.1',
      '2.0',
      '2.1',
    ])
    expect(seen.map(({ iteration }) => Number(iteration)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3])
    for (const one of seen) {
      expect(one).toMatchObject({
        scenario: 'ramp',
        executor: 'per-vu-iterations',
        timeout: 7_000,
        initialized: 2,
        frozen: true,
      })
      expect(one).toMatchObject({ tags: { team: 'ml', scenario: 'ramp' }, instanceVu: one['vu'] })
      expect(Number(one['active'])).toBeGreaterThanOrEqual(1)
      expect(Number(one['duration'])).toBeGreaterThanOrEqual(0)
      expect(Number(one['age'])).toBeGreaterThanOrEqual(0)
      expect(Number(one['progress'])).toBeGreaterThanOrEqual(0)
      expect(Number(one['progress'])).toBeLessThanOrEqual(1)
    }
  })

  it('counts the VUs and iterations of all workers together', async () => {
    const ran = await run(
      script(
        { scenarios: { all: { executor: 'per-vu-iterations', vus: 6, iterations: 2 } } },
        `
        export default async function () { await ask() }
        export function teardown() {
          const { iterationsCompleted, iterationsInterrupted, vusInitialized } = exec.instance
          console.log('end ' + JSON.stringify({ iterationsCompleted, iterationsInterrupted, vusInitialized }))
        }
      `,
      ),
      ['--workers', '3'],
    )
    expect(printed(ran.stdout, 'end')).toEqual([
      { iterationsCompleted: 12, iterationsInterrupted: 0, vusInitialized: 6 },
    ])
  })

  it('gives VUs ids that are unique over workers and scenarios', async () => {
    const scenario = { executor: 'per-vu-iterations', vus: 3, iterations: 1 }
    const ran = await run(
      script(
        { scenarios: { a: scenario, b: scenario } },
        `
        export default function () { console.log('id ' + JSON.stringify({ id: exec.vu.idInTest })) }
      `,
      ),
      ['--workers', '2'],
    )
    const ids = printed(ran.stdout, 'id').map(({ id }) => Number(id))
    expect(ids.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('lets a VU tag everything it records from then on', async () => {
    const ran = await run(
      script(
        { iterations: 2, thresholds: { 'requests{phase:late}': ['count==2'], requests: ['count==4'] } },
        `
        export default async function () {
          await ask()
          exec.vu.metrics.tags = { phase: 'late' }
          await ask()
          exec.vu.metrics.tags = {}
        }
      `,
      ),
    )
    expect(ran.code).toBe(0)
  })
})

describe('setup()', () => {
  it('hands each VU a copy of its own, and teardown() the original', async () => {
    const ran = await run(
      script(
        { scenarios: { one: { executor: 'per-vu-iterations', vus: 3, iterations: 2 } } },
        `
        export async function setup() { return { list: ['from setup'], reply: (await ask()).ok } }
        export default function (data) {
          data.list.push('vu ' + exec.vu.idInTest)
          console.log('saw ' + JSON.stringify({ list: data.list, reply: data.reply }))
        }
        export function teardown(data) { console.log('left ' + JSON.stringify(data)) }
      `,
      ),
      ['--workers', '2'],
    )
    expect(ran.code).toBe(0)
    const lists = printed(ran.stdout, 'saw').map(({ list }) => (list as string[]).join(', '))
    expect(lists.toSorted()).toEqual(
      [1, 2, 3].flatMap((vu) => [`from setup, vu ${vu}`, `from setup, vu ${vu}, vu ${vu}`]).toSorted(),
    )
    expect(printed(ran.stdout, 'left')).toEqual([{ list: ['from setup'], reply: true }])
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(1)
  })

  it('and teardown() can be left out', async () => {
    const text = script(
      { iterations: 1 },
      `
      export function setup() { console.log('set up') }
      export function teardown() { console.log('torn down') }
      export default async function () { await ask() }
    `,
    )
    const ran = await run(text, ['--no-setup', '--no-teardown'])
    expect(ran.code).toBe(0)
    expect(ran.stdout).not.toMatch(/set up|torn down/)
  })
})

describe('what a script may import', () => {
  it('JSON and text files, TypeScript of its own, npm packages of its project, built-in modules', async () => {
    const ran = await run({
      'package.json': '{ "type": "module" }',
      'data/questions.json': '[{ "text": "Why?" }]',
      'data/prompt.txt': 'You are brief.\n',
      'lib/words.ts': "export enum Tone { Kind = 'kind' }\nexport const tone: Tone = Tone.Kind",
      'node_modules/esm-only/package.json':
        '{ "name": "esm-only", "type": "module", "exports": "./index.js" }',
      'node_modules/esm-only/index.js': "export const name = 'esm'; export const where = import.meta.url",
      'node_modules/cjs-only/package.json': '{ "name": "cjs-only", "main": "lib.js" }',
      'node_modules/cjs-only/lib.js': "exports.name = 'cjs'; exports.where = __filename",
      'test.ts': script(
        { iterations: 1 },
        `
        import questions from './data/questions.json' with { type: 'json' }
        import prompt from './data/prompt.txt'
        import { tone, Tone } from './lib/words.ts'
        import { name as esm, where as esmPath } from 'esm-only'
        import { name as cjs, where as cjsPath } from 'cjs-only'
        import { createHash } from 'node:crypto'
        import { basename } from 'path'
        export default function () {
          const hash = createHash('sha256').update(prompt).digest('hex').length
          console.log('imports ' + JSON.stringify({
            text: questions[0].text, prompt: prompt.trim(), tone: tone === Tone.Kind, esm, cjs, hash, own: basename(import.meta.url),
            paths: [esmPath, cjsPath].every((path) => path.includes('node_modules')),
          }))
        }
      `,
      ),
    })
    expect(ran.stderr).toBe('')
    expect(printed(ran.stdout, 'imports')).toEqual([
      {
        text: 'Why?',
        prompt: 'You are brief.',
        tone: true,
        esm: 'esm',
        cjs: 'cjs',
        hash: 64,
        own: 'test.ts',
        paths: true,
      },
    ])
  })

  it('loadbench is the running copy, whatever lies beside the script', async () => {
    const ran = await run({
      'node_modules/loadbench/package.json':
        '{ "name": "loadbench", "type": "module", "exports": { "./*": "./index.js", ".": "./index.js" } }',
      'node_modules/loadbench/index.js': "throw new Error('the wrong copy')",
      'test.ts': script(
        { iterations: 1 },
        `export default async function () { check(await ask(), { answered: ({ ok }) => ok }) }`,
      ),
    })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.summary().checks).toEqual([{ name: 'answered', passes: 1, fails: 0 }])
  })

  it('may be written in JavaScript too', async () => {
    const project = makeProject({ 'plain.mjs': script({ iterations: 1 }) })
    const ran = await project.loadbench(['run', 'plain.mjs', '--simulate', QUICK, '--no-report'])
    expect(ran.code).toBe(0)
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(1)
  })
})

describe('what a script may do', () => {
  it('await at its top, fetch, set timers; what it leaves running does not keep the command alive', async () => {
    const ran = await run(`
      const greeting = await fetch('data:text/plain,hello').then((response) => response.text())
      setInterval(() => {}, 1_000)
      ${script(
        { iterations: 1 },
        `
        export default async function () {
          await new Promise((resolve) => setTimeout(resolve, 20))
          const again = await (await fetch('data:text/plain,again')).text()
          console.log('fetched ' + JSON.stringify({ greeting, again }))
        }
      `,
      )}
    `)
    expect(ran.code).toBe(0)
    expect(printed(ran.stdout, 'fetched')).toEqual([{ greeting: 'hello', again: 'again' }])
  })

  it('throw in an iteration: counted, printed once for each kind with the line of the .ts file, and the run goes on', async () => {
    const ran = await run(
      {
        'lib/answers.ts':
          "// one\n// two\nexport function read(n: number): never {\n  throw new TypeError('no answer in ' + (n % 2 === 0 ? 'even' : 'odd'))\n}\n",
        'test.ts': script(
          { iterations: 10 },
          `
          import { read } from './lib/answers.ts'
          export default async function () {
            await ask()
            if (exec.scenario.iterationInTest > 0) read(exec.scenario.iterationInTest)
          }
        `,
        ),
      },
      ['--workers', '1'],
    )
    expect(ran.code).toBe(0)
    expect(metricOf(ran.summary(), 'iteration_failed').values).toMatchObject({ passes: 9, fails: 1 })
    expect(
      ran.stdout.match(
        /an iteration of default failed: TypeError: no answer in odd\n +at read .*lib\/answers\.ts:4:9\)\n +at .*test\.ts:\d+/g,
      ),
    ).toHaveLength(1)
    expect(ran.stdout.match(/an iteration of default failed: TypeError: no answer in even/g)).toHaveLength(1)
    expect(ran.stdout).toMatch(
      /failed iterations of default {2}9×\n +5× TypeError: no answer in odd\n +4× TypeError: no answer in even\n/,
    )
    expect(ran.summary().scriptErrors?.[0]?.messages[0]?.stack).toMatch(
      /no answer in odd\n +at read .*answers\.ts:4/,
    )
  })

  it('forget a promise that fails, at its top, in setup() or in an iteration: it is printed, and the run goes on', async () => {
    const ran = await run(
      `void Promise.reject(new Error('forgotten at the top'))
      ${script(
        { iterations: 2 },
        `
        export function setup() { void Promise.reject(new Error('forgotten in setup')) }
        export default async function () { void Promise.reject(new Error('forgotten in an iteration')); await ask() }
      `,
      )}`,
      ['--workers', '1'],
    )
    expect(ran.code).toBe(0)
    for (const place of ['at the top', 'in setup', 'in an iteration']) {
      expect(ran.stdout).toContain(`unhandled rejection in the script: Error: forgotten ${place}`)
    }
    expect(valueOf(ran.summary(), 'iterations', 'count')).toBe(2)
  })

  it('export functions that are not async, and return what they like', async () => {
    const ran = await run(script({ iterations: 3 }, 'export default () => 42'))
    expect(ran.code).toBe(0)
    expect(valueOf(ran.summary(), 'iterations', 'count')).toBe(3)
  })
})

describe('scenarios', () => {
  it('have an exec, env, tags and a startTime of their own, also when workers share them', async () => {
    const options = {
      scenarios: {
        first: {
          executor: 'per-vu-iterations',
          vus: 2,
          iterations: 3,
          exec: 'work',
          env: { WHO: 'one' },
          tags: { kind: 'a' },
        },
        second: {
          executor: 'per-vu-iterations',
          vus: 2,
          iterations: 2,
          exec: 'other',
          startTime: '700ms',
          env: { WHO: 'two' },
          tags: { kind: 'b' },
        },
      },
      tags: { build: '7' },
      thresholds: {
        'requests{kind:a}': ['count==6'],
        'requests{kind:b,build:7}': ['count==4'],
        'ttft{scenario:second}': ['p(95)<60s'],
      },
    }
    const ran = await run(
      script(
        options,
        `
        const tell = () => console.log('who ' + JSON.stringify({
          who: exec.scenario.env.WHO, common: exec.scenario.env.COMMON, name: exec.scenario.name, at: exec.instance.currentTestRunDuration,
        }))
        export async function work() { await ask(); tell() }
        export async function other() { await ask(); tell() }
      `,
      ),
      ['--workers', '2', '-e', 'COMMON=shared'],
    )
    expect(ran.code).toBe(0)
    expect(ran.summary().scenarios).toMatchObject([
      { name: 'first', started: 6, completed: 6 },
      { name: 'second', started: 4, completed: 4 },
    ])
    expect(valueOf(ran.summary(), 'requests', 'count', { scenario: 'first' })).toBe(6)
    expect(valueOf(ran.summary(), 'requests', 'count')).toBe(10)
    const seen = printed(ran.stdout, 'who')
    expect(
      seen.filter(({ name, who, common }) => name === 'first' && who === 'one' && common === 'shared'),
    ).toHaveLength(6)
    const late = seen.filter(({ name, who }) => name === 'second' && who === 'two')
    expect(late).toHaveLength(4)
    for (const { at } of late) expect(Number(at)).toBeGreaterThanOrEqual(700)
  })
})

describe('options', () => {
  it('come from defaults, config file, script, environment and flags, in this order, and inspect says from where', async () => {
    const project = makeProject({
      'config.yaml': 'setupTimeout: 1s\nteardownTimeout: 1s\ngracefulStop: 1s\nseed: 1\n',
      'test.ts': script({
        teardownTimeout: '2s',
        gracefulStop: '2s',
        seed: 2,
        iterations: 3,
        thresholds: { ttft: ['p(95)<500'] },
      }),
    })
    const ran = await project.loadbench(['inspect', 'test.ts', '--config', 'config.yaml', '--seed', '4'], {
      env: { LOADBENCH_GRACEFUL_STOP: '3s', LOADBENCH_SEED: '3' },
    })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(ran.stdout)).toMatchObject({
      plan: {
        minIterationDuration: 0,
        setupTimeout: 1_000,
        teardownTimeout: 2_000,
        seed: 4,
        scenarios: [{ name: 'default', iterations: 3, gracefulStop: 3_000 }],
      },
      origins: {
        minIterationDuration: 'default',
        setupTimeout: 'config config.yaml',
        teardownTimeout: 'script',
        'scenarios.default.gracefulStop': 'environment LOADBENCH_GRACEFUL_STOP',
        'scenarios.default.iterations': 'script',
        'scenarios.default.executor': 'script',
        seed: 'flag --seed',
        'thresholds.ttft[0].threshold': 'script',
      },
      iterations: 3,
      maximumVUs: 1,
    })
    // Nothing was sent, and nothing was left behind.
    expect(
      project.list().filter((name) => !['config.yaml', 'node_modules', 'test.ts', 'tmp'].includes(name)),
    ).toEqual([])
    expect(project.list('tmp')).toEqual([])
  })

  it('of the load are one: who names VUs on the command line replaces the scenarios of the script, and is told so', async () => {
    const project = makeProject({
      'test.ts': script({ scenarios: { spike: { executor: 'constant-vus', vus: 50, duration: '5m' } } }),
    })
    const ran = await project.loadbench(['inspect', 'test.ts', '--vus', '2', '--iterations', '6'])
    expect(JSON.parse(ran.stdout)).toMatchObject({
      plan: { scenarios: [{ name: 'default', executor: 'shared-iterations', vus: 2, iterations: 6 }] },
      warnings: [expect.stringContaining('scenarios.spike')],
    })
  })

  it('on the command line do what they say', async () => {
    const flags = [
      '--vus',
      '2',
      '--iterations',
      '4',
      '--tag',
      'team=ml',
      '--min-iteration-duration',
      '50ms',
      '--summary-trend-stats',
      'med,p(75)',
    ]
    const ran = await run(script({}), flags)
    expect(ran.code).toBe(0)
    expect(ran.summary().scenarios).toMatchObject([{ completed: 4 }])
    expect(ran.stdout).toMatch(/^ {2}LLM +med +p\(75\)$/m)
    expect(JSON.parse(ran.file('run.json'))).toMatchObject({
      plan: { tags: { team: 'ml' }, minIterationDuration: 50 },
    })
  })
})

import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CLI = ['--conditions=@loadbench/source', '--import', 'tsx', 'packages/core/src/cli/main.ts']
const SCRIPT = 'test/__fixtures__/accuracy-script.ts'

const TOKENS = 50
const STREAMS = 120

/** What the simulator wrote down of one request. */
interface Truth {
  readonly id: string
  readonly acceptedAt: number
  readonly tokens: readonly number[]
}
/** A line of the sample file. */
interface Sample {
  readonly outcome: string
  readonly startedAt: number
  readonly firstTokenAt: number
  readonly lastTokenAt: number
  readonly chunks: number
  readonly tags: { readonly sim: string }
}
interface Summary {
  readonly metrics: readonly { name: string; tags: object; values: Readonly<Record<string, number>> }[]
}

type Process = ChildProcessByStdio<null, Readable, null>
const processes: Process[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(processes.splice(0).map(ended))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function loadbench(...args: readonly string[]): Process {
  const child = spawn(process.execPath, [...CLI, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  return child
}

async function ended(child: Process): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}

/** A simulator in a process of its own, so that neither disturbs the other's clock more than the machine does. */
function simulator(): Promise<string> {
  const settings = [
    '--ttft',
    '200',
    '--itl',
    '20',
    '--output-tokens',
    String(TOKENS),
    '--truth',
    String(STREAMS),
  ]
  const child = loadbench('simulate', '--port', '0', ...settings)
  let printed = ''
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the simulator did not start: ${printed}`)))
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [url] = /http:\S+/.exec(printed) ?? []
      if (url !== undefined) resolve(url)
    })
  })
}

/** Sends the load of the script. @returns the summary, and the samples by the id the simulator knew them under. */
async function measure(target: string): Promise<{ summary: Summary; samples: Map<string, Sample> }> {
  const results = mkdtempSync(join(tmpdir(), 'loadbench-accuracy-'))
  folders.push(results)
  const child = loadbench('run', SCRIPT, '--target', target, '--results', results, '--no-report', '--quiet')
  child.stdout.resume()
  const [code] = (await once(child, 'exit')) as [number | null]
  expect(code).toBe(0)
  const folder = join(results, readdirSync(results)[0] ?? '')
  const lines = readdirSync(folder)
    .filter((name) => name.startsWith('samples-'))
    .flatMap((name) =>
      gunzipSync(readFileSync(join(folder, name)))
        .toString()
        .trim()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as Sample)
  const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as Summary
  return { summary, samples: new Map(lines.map((sample) => [sample.tags.sim, sample])) }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const gapsOf = ({ tokens }: Truth) => tokens.slice(1).map((at, index) => at - (tokens[index] ?? 0))
const ttftOf = ({ tokens, acceptedAt }: Truth) => (tokens[0] ?? 0) - acceptedAt
const tpotOf = ({ tokens }: Truth) => ((tokens.at(-1) ?? 0) - (tokens[0] ?? 0)) / (tokens.length - 1)

describe('20 streams of 50 tokens, the first after 200 ms, then one each 20 ms', () => {
  // The machine itself pauses now and then, the more so with other work on its cores; that spoils a
  // median without anything being wrong here. What is wrong here spoils every attempt.
  it(
    'measure what the simulator sent: ttft within 3 ms, itl within 1 ms, tpot within 1 %',
    { retry: 2, timeout: 60_000 },
    async () => {
      const target = await simulator()
      const { summary, samples } = await measure(target)
      const truths = (await (await fetch(`${target}/_sim/truth`)).json()) as Truth[]
      expect(truths).toHaveLength(STREAMS)
      expect(samples.size).toBe(STREAMS)
      for (const { id, tokens } of truths) {
        expect(tokens).toHaveLength(TOKENS)
        expect(samples.get(id)).toMatchObject({ outcome: 'ok', chunks: TOKENS })
      }

      const measured = (name: string) =>
        summary.metrics.find((metric) => metric.name === name && Object.keys(metric.tags).length === 0)
          ?.values['med'] ?? Number.NaN
      const sent = {
        ttft: median(truths.map(ttftOf)),
        itl: median(truths.flatMap(gapsOf)),
        tpot: median(truths.map(tpotOf)),
      }
      expect(Math.abs(measured('ttft') - sent.ttft)).toBeLessThan(3)
      expect(Math.abs(measured('itl') - sent.itl)).toBeLessThan(1)
      expect(Math.abs(measured('tpot') / sent.tpot - 1)).toBeLessThan(0.01)

      // And stream by stream, so that errors in both directions do not cancel each other out.
      const apart = truths.map((truth) => {
        const sample = samples.get(truth.id)
        if (sample === undefined) throw new Error(`no sample of ${truth.id}`)
        return {
          ttft: Math.abs(sample.firstTokenAt - sample.startedAt - ttftOf(truth)),
          tpot: Math.abs((sample.lastTokenAt - sample.firstTokenAt) / (TOKENS - 1) / tpotOf(truth) - 1),
        }
      })
      expect(median(apart.map(({ ttft }) => ttft))).toBeLessThan(3)
      expect(median(apart.map(({ tpot }) => tpot))).toBeLessThan(0.01)
    },
  )
})

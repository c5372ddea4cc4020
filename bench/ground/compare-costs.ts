import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { onCore, outputOf, ROOT } from './process.ts'
import { quantile } from './truth.ts'

const HOOK = join(ROOT, 'bench/ground/cpu-at-exit.mjs')

/** Runs a client on the core of generators to its end. @returns the CPU all of it used, ms. */
export async function cpuOfClient(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<number> {
  const file = join(folder, 'cpu')
  await outputOf(onCore(1, ['--import', HOOK, ...args], { ...environment, CPU_FILE: file }))
  return Number(readFileSync(file, 'utf8'))
}

/** What one load used, and how much it was. */
export interface Used {
  readonly cpuMs: number
  readonly amount: number
}

export interface Comparison {
  /** The clients by name, each given how long a load is to be. */
  readonly clients: Readonly<Record<string, (length: number) => Promise<Used>>>
  /** The client the others are measured by, and the one that is judged. */
  readonly floor: string
  readonly judged: string
  readonly rounds: number
  /** In what the clients take. */
  readonly short: number
  readonly long: number
  /** What the amount counts. */
  readonly unit: string
  /** How many times the floor's cost is allowed. */
  readonly bound: number
}

/**
 * Each client runs a short and a long load; what the longer one used more, by what it did more, is the
 * cost: starting, bundling and reporting drop out. Clients take turns within each round, and each is
 * compared with the floor of its own round. Prints what was found.
 * @returns whether the judged client keeps within the bound.
 */
export async function compareCosts(comparison: Comparison): Promise<boolean> {
  const { clients, rounds, unit, floor, judged, bound } = comparison
  const costs = new Map(Object.keys(clients).map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, use] of Object.entries(clients)) {
      // oxlint-disable-next-line no-await-in-loop -- one load at a time
      costs.get(name)?.push(await costOf(use, comparison))
    }
  }
  const floors = costs.get(floor) ?? []
  const times = (name: string) =>
    quantile(
      (costs.get(name) ?? []).map((cost, round) => cost / (floors[round] ?? Number.NaN)),
      0.5,
    )
  for (const [name, list] of costs) {
    const median = quantile(list, 0.5).toFixed(1).padStart(6)
    const all = list.map((one) => one.toFixed(1)).join(', ')
    console.log(`${name.padEnd(34)} ${median} µs a ${unit} (${all})   ${times(name).toFixed(2)} × undici`)
  }
  console.log(`\n${judged} uses ${times(judged).toFixed(2)} × what undici alone uses; ${bound} allowed`)
  return times(judged) <= bound
}

/** µs of CPU for each of the amount. */
async function costOf(
  use: (length: number) => Promise<Used>,
  { short, long }: Pick<Comparison, 'short' | 'long'>,
): Promise<number> {
  const less = await use(short)
  const more = await use(long)
  return (1_000 * (more.cpuMs - less.cpuMs)) / (more.amount - less.amount)
}

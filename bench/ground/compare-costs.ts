import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { endWithBench, onCore, outputOf, ROOT } from './process.ts'
import { quantile } from './truth.ts'
import { Turns } from './turns.ts'

const HOOK = join(ROOT, 'bench/ground/cpu-at-exit.mjs')

let started = 0

/**
 * Runs a client on the core of generators to its end.
 * @param turns with others, where they run at the same time.
 * @returns the CPU all of it used, ms.
 */
export async function cpuOfClient(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  turns?: Turns,
): Promise<number> {
  const file = join(folder, `cpu-${(started += 1)}`)
  const child = onCore(1, ['--import', HOOK, ...args], { ...environment, CPU_FILE: file })
  endWithBench(child)
  turns?.add(child)
  await outputOf(child)
  return Number(readFileSync(file, 'utf8'))
}

/** What one load used, and how much it was. */
export interface Used {
  readonly cpuMs: number
  readonly amount: number
}

export interface Comparison {
  /** The clients by name, each given how long a load is to be. */
  readonly clients: Readonly<Record<string, (length: number, turns?: Turns) => Promise<Used>>>
  /** Whether the clients of a round run at the same time, taking turns by the half second. Default: one after the other. */
  readonly inTurns?: boolean
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
 * cost: starting, bundling and reporting drop out. Each client is compared with the floor of its own
 * round. Prints what was found.
 * @returns whether the judged client keeps within the bound.
 */
export async function compareCosts(comparison: Comparison): Promise<boolean> {
  const { rounds, unit, floor, judged, bound } = comparison
  const costs = new Map(Object.keys(comparison.clients).map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one round after the other
    for (const [name, cost] of await costsOfRound(comparison)) costs.get(name)?.push(cost)
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

/** µs of CPU for each of the amount, by client. */
async function costsOfRound(comparison: Comparison): Promise<readonly (readonly [string, number])[]> {
  const { short, long } = comparison
  const less = await loadsOf(comparison, short)
  const more = await loadsOf(comparison, long)
  return more.map(([name, { cpuMs, amount }]) => {
    const shorter = less.find(([other]) => other === name)?.[1] ?? { cpuMs: 0, amount: 0 }
    return [name, (1_000 * (cpuMs - shorter.cpuMs)) / (amount - shorter.amount)]
  })
}

async function loadsOf(
  { clients, inTurns = false }: Comparison,
  length: number,
): Promise<readonly (readonly [string, Used])[]> {
  const entries = Object.entries(clients)
  if (inTurns) {
    const turns = new Turns()
    return Promise.all(entries.map(async ([name, use]) => [name, await use(length, turns)] as const))
  }
  const used: [string, Used][] = []
  // oxlint-disable-next-line no-await-in-loop -- one load at a time
  for (const [name, use] of entries) used.push([name, await use(length)])
  return used
}

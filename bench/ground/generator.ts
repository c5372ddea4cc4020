import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BIN, endWithBench, outputOf, ROOT, startNode, type ProcessSettings } from './process.ts'

/** A folder for scripts and results, from which packages of the workspace resolve; it is deleted with the bench. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(ROOT, `node_modules/.${name}-`))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export interface GeneratorSettings extends ProcessSettings {
  /** Default 1. */
  readonly workers?: number
  /** Arguments of node itself. */
  readonly nodeArguments?: readonly string[]
  /** Exit codes that are no surprise. Default: 0 alone. */
  readonly codes?: readonly number[]
}

/** A run of loadbench in a process of its own. */
export interface Generator {
  readonly pid: number
  /** Settles at its end. */
  readonly ended: Promise<Ended>
  /** Ends it at once; nothing of it can be read then. */
  kill(): Promise<void>
}

export interface Ended {
  readonly printed: string
  /** The run's folder. */
  readonly run: string
  /** Deletes it, where there are many. */
  readonly remove: () => void
}

/**
 * Runs a script against a server.
 * @param folder made by `scratchFolder`. @param script text of the script.
 */
export function startGenerator(
  folder: string,
  script: string,
  url: string,
  { workers = 1, nodeArguments = [], codes = [0], ...settings }: GeneratorSettings = {},
): Generator {
  const results = mkdtempSync(join(folder, 'run-'))
  const file = join(results, 'bench.ts')
  writeFileSync(file, script)
  const flags = ['--workers', String(workers), '--results', results, '--no-report', '--quiet']
  const child = startNode([...nodeArguments, BIN, 'run', file, '--target', `${url}/v1`, ...flags], settings)
  const kill = endWithBench(child)
  const ended = outputOf(child, codes).then((printed) => ({
    printed,
    run: runIn(results),
    remove: () => rmSync(results, { recursive: true, force: true, maxRetries: 5 }),
  }))
  // Of one that was killed nobody asks how it ended.
  ended.catch(() => undefined)
  return { pid: child.pid ?? 0, ended, kill }
}

/** Rejects when a run ends that is not to end yet; to be raced with what it is to do until then. */
export async function endedEarly({ ended }: Generator): Promise<never> {
  throw new Error(`the run ended before its time:\n${(await ended).printed}`)
}

function runIn(results: string): string {
  return join(results, readdirSync(results).find((name) => name.startsWith('bench_')) ?? '')
}

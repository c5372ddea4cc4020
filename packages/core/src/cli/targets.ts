import { readFile } from 'node:fs/promises'
import type { Options } from 'yargs'
import { readAddress, type Targets } from '../client/targets.ts'
import { readableTargets } from '../live/manifest.ts'
import { LoadbenchError } from '../model/errors.ts'
import { withoutCredentials } from '../store/secrets.ts'
import { listening, simulatorInvalid } from './simulator-problems.ts'

/** Flags that say where calls go; `run` and `inspect` share them. */
export const TARGET_FLAGS = {
  target: {
    alias: 't',
    type: 'string',
    array: true,
    describe: 'URL, or PROVIDER=URL; repeatable',
    group: 'Target:',
  },
  simulate: {
    type: 'string',
    describe: 'Load the built-in simulator; settings as JSON or a file',
    group: 'Target:',
  },
} as const satisfies Record<string, Options>

/** Where a run's calls go, as the command line says it. */
export interface ChosenTargets {
  readonly targets: Targets
  /** They are the simulator's. */
  readonly simulated: boolean
  /** Stops the simulator, where one was started. */
  stop(): Promise<void>
  /** For the header: one line per target. */
  readonly words: readonly string[]
}

export interface TargetFlags {
  readonly target: readonly string[] | undefined
  /** `''` or settings: JSON, or a JSON file. */
  readonly simulate: string | undefined
}

/**
 * Reads `--target` and starts the simulator for `--simulate`.
 * @throws LB_USAGE, LB_TARGET_INVALID, LB_SIMULATOR_INVALID.
 */
export async function chooseTargets(flags: TargetFlags): Promise<ChosenTargets> {
  // `--target $ENDPOINT` with nothing in it: to go on would load another server than the one meant.
  if (flags.target?.length === 0) {
    throw new LoadbenchError('LB_USAGE', '--target has no value', 'Give it an address, or leave it out.')
  }
  const given = Object.fromEntries((flags.target ?? []).map(readTarget))
  if (flags.simulate === undefined) {
    const fromEnvironment = process.env['LOADBENCH_TARGET']
    const shown = Object.entries(readableTargets(given)).map(([name, url]) =>
      name === '*' ? url : `${name} → ${url}`,
    )
    const elsewhere = fromEnvironment === undefined ? 'from the script' : withoutCredentials(fromEnvironment)
    return {
      targets: given,
      simulated: false,
      stop: () => Promise.resolve(),
      words: shown.length > 0 ? shown : [elsewhere],
    }
  }
  if (Object.keys(given).length > 0) {
    throw new LoadbenchError(
      'LB_USAGE',
      '--target and --simulate contradict each other',
      'Use --simulate to try a script, --target to load a server.',
    )
  }
  const { describeProblems, parseSettings, startSimulator } = await import('@loadbench/simulator')
  const settings = parseSettings(await readSettings(flags.simulate))
  if ('problems' in settings) {
    throw simulatorInvalid('the settings of --simulate are wrong', settings.problems, describeProblems)
  }
  const simulator = await listening(() => startSimulator(settings.settings))
  return {
    targets: { '*': simulator.url },
    simulated: true,
    stop: () => simulator.stop(),
    words: [`the simulator at ${simulator.url}`],
  }
}

function readTarget(text: string): [string, string] {
  const [, name, address] = /^([a-z][a-z0-9-]*)=(.*)$/s.exec(text) ?? []
  const url = readAddress(name === undefined ? '--target' : `--target ${name}`, address ?? text)
  return [name ?? '*', url.href]
}

async function readSettings(text: string): Promise<unknown> {
  if (text === '' || text === 'true') return {}
  try {
    return JSON.parse(text.trim().startsWith('{') ? text : await readFile(text, 'utf8'))
  } catch (error) {
    throw new LoadbenchError(
      'LB_SIMULATOR_INVALID',
      `--simulate ${text} is neither JSON nor a readable JSON file: ${error instanceof Error ? error.message : String(error)}`,
      `Write --simulate alone, --simulate '{"ttft":200}' or --simulate settings.json.`,
    )
  }
}

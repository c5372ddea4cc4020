import type { Argv, ArgumentsCamelCase, InferredOptionTypes, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import type { OptionTier } from '../plan/index.ts'
import type { Tiers } from '../prepare.ts'

/**
 * Flags that say what load to send; `run` and `inspect` share them. Those that take numbers have no type:
 * yargs then reads numbers as such and leaves a word as it is, for the plan to say what is wrong with it.
 */
export const LOAD_FLAGS = {
  vus: { alias: 'u', describe: 'Virtual users', group: 'Load:' },
  duration: { alias: 'd', type: 'string', describe: 'How long, e.g. 30s or 5m', group: 'Load:' },
  iterations: { alias: 'i', describe: 'Iterations in total', group: 'Load:' },
  stage: {
    alias: 's',
    type: 'string',
    array: true,
    describe: 'A ramp leg, e.g. 30s:10; repeatable',
    group: 'Load:',
  },
  workers: { describe: 'Worker threads (default: cores − 1)', group: 'Load:' },
  seed: { describe: 'Seed of random arrivals', group: 'Load:' },
  'graceful-stop': { type: 'string', describe: 'Time for running iterations at the end', group: 'Load:' },
  warmup: { type: 'string', describe: 'Beginning of the run that is not measured, e.g. 30s', group: 'Load:' },
  'min-iteration-duration': { type: 'string', describe: 'Pads shorter iterations', group: 'Load:' },
  setup: { type: 'boolean', default: true, describe: 'Run setup(); --no-setup skips it', group: 'Load:' },
  teardown: {
    type: 'boolean',
    default: true,
    describe: 'Run teardown(); --no-teardown skips it',
    group: 'Load:',
  },
  thresholds: {
    type: 'boolean',
    default: true,
    describe: 'Judge thresholds; --no-thresholds skips them',
    group: 'Load:',
  },
  config: { alias: 'c', type: 'string', describe: 'Options from a JSON or YAML file', group: 'Script:' },
  env: {
    alias: 'e',
    type: 'string',
    array: true,
    describe: 'NAME=value for the script; repeatable',
    group: 'Script:',
  },
  tag: { type: 'string', array: true, describe: 'NAME=value on every sample; repeatable', group: 'Script:' },
  samples: { describe: 'Most requests in the sample files, or all, or none', group: 'Output:' },
  'summary-trend-stats': {
    type: 'string',
    describe: 'Columns of trends, e.g. avg,p(95),p(99.9)',
    group: 'Output:',
  },
  by: {
    type: 'string',
    array: true,
    describe: 'Show the results apart by this tag, e.g. model; repeatable',
    group: 'Output:',
  },
} as const satisfies Record<string, Options>

export type LoadFlags = ArgumentsCamelCase<InferredOptionTypes<typeof LOAD_FLAGS>>

/** Adds them to a command. */
export function addLoadFlags<T>(program: Argv<T>) {
  return program.options(LOAD_FLAGS).requiresArg(valued(LOAD_FLAGS))
}

/** The names of flags that cannot stand alone. */
export function valued(flags: Readonly<Record<string, Options>>): string[] {
  return Object.keys(flags).filter((name) => flags[name]?.type !== 'boolean')
}

/**
 * The option tiers around a script, lowest first: config file below; environment and flags above.
 * @throws LB_CONFIG_UNREADABLE, LB_USAGE.
 */
export async function tiersOf(flags: LoadFlags): Promise<Tiers> {
  const { optionsFromEnvironment, parseStages, readConfig } = await import('../plan/index.ts')
  for (const [name, value] of pairs('--env', flags.env)) process.env[name] = value
  const below: OptionTier[] = []
  if (flags.config !== undefined) {
    below.push({ source: 'config', label: `config ${flags.config}`, options: await readConfig(flags.config) })
  }
  const environment = optionsFromEnvironment(process.env)
  return {
    below,
    above: [
      { source: 'environment', label: 'environment', options: environment },
      { source: 'flags', label: 'flags', options: optionsOfFlags(flags, parseStages) },
    ],
  }
}

function optionsOfFlags(flags: LoadFlags, parseStages: (text: string) => unknown): Record<string, unknown> {
  const options: Record<string, unknown> = {
    vus: flags.vus,
    duration: flags.duration,
    iterations: flags.iterations,
    stages: flags.stage === undefined ? undefined : parseStages(flags.stage.join(',')),
    workers: flags.workers,
    seed: flags.seed,
    samples: flags.samples,
    gracefulStop: flags.gracefulStop,
    warmup: flags.warmup,
    minIterationDuration: flags.minIterationDuration,
    noSetup: flags.setup ? undefined : true,
    noTeardown: flags.teardown ? undefined : true,
    tags: flags.tag === undefined ? undefined : Object.fromEntries(pairs('--tag', flags.tag)),
    summaryTrendStats: flags.summaryTrendStats === undefined ? undefined : namesIn([flags.summaryTrendStats]),
    by: flags.by === undefined ? undefined : namesIn(flags.by),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** Names in lists with commas. */
function namesIn(texts: readonly string[]): string[] {
  return texts.flatMap((text) => text.split(',')).map((name) => name.trim())
}

/** Splits repeated `NAME=value`. @throws LB_USAGE for anything else. */
function pairs(flag: string, values: readonly string[] | undefined): [string, string][] {
  return (values ?? []).map((text) => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
    throw new LoadbenchError(
      'LB_USAGE',
      `${flag} ${text} is no NAME=value`,
      `Write it as ${flag} NAME=value.`,
    )
  })
}

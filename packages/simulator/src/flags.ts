import { readFileSync } from 'node:fs'
import { FAULTS, FAULT_NAMES } from './faults.ts'
import type { Problem } from './problem.ts'
import { parseSettings, type SettingsResult } from './schema.ts'
import { PROTOCOLS, type SimulatorSettings } from './settings.ts'

/** A flag of a command line. `type` and `choices` are meant as yargs means them. */
export interface SimulatorFlag {
  readonly type: 'string' | 'number' | 'array'
  readonly description: string
  readonly choices?: readonly string[]
  /** The setting it fills; `--config` fills any. */
  readonly setting?: keyof SimulatorSettings
}

const DISTRIBUTION = 'N, normal:MEAN,SD, lognormal:MEDIAN,SIGMA or uniform:MIN,MAX'

/** The flags of `loadbench simulate`, by name. */
export const SIMULATOR_FLAGS: Readonly<Record<string, SimulatorFlag>> = {
  port: { type: 'number', setting: 'port', description: 'Port; 0 takes any free one' },
  host: { type: 'string', setting: 'host', description: 'Address to listen on' },
  ttft: { type: 'string', setting: 'ttft', description: `Time to first token in ms: ${DISTRIBUTION}` },
  itl: { type: 'string', setting: 'itl', description: 'Time between two tokens in ms, written likewise' },
  'output-tokens': {
    type: 'string',
    setting: 'outputTokens',
    description: 'Tokens of an answer, written likewise',
  },
  'tokens-per-chunk': {
    type: 'string',
    setting: 'tokensPerChunk',
    description: 'Tokens that leave together',
  },
  'prefill-per-token': {
    type: 'number',
    setting: 'prefillPerToken',
    description: 'Added to the time to first token for each prompt token, ms',
  },
  slots: { type: 'number', setting: 'slots', description: 'Requests answered at a time; the others wait' },
  'queue-limit': {
    type: 'number',
    setting: 'queueLimit',
    description: 'Requests that may wait; others get 503',
  },
  'role-chunk': {
    type: 'string',
    setting: 'roleChunk',
    choices: ['early', 'with-first-token'],
    description: 'When the chunk with the role goes out',
  },
  'reasoning-tokens': {
    type: 'string',
    setting: 'reasoningTokens',
    description: 'Reasoning tokens before the answer',
  },
  'tool-calls': {
    type: 'string',
    setting: 'toolCalls',
    choices: ['never', 'auto', 'always'],
    description: 'Whether requests with tools are answered by a call; auto: where they insist',
  },
  dimensions: { type: 'number', setting: 'dimensions', description: 'Length of embeddings' },
  'load-time': {
    type: 'number',
    setting: 'loadTime',
    description: 'Time to load a model, of servers that load on demand, ms',
  },
  usage: {
    type: 'string',
    setting: 'usage',
    choices: ['on-request', 'always', 'never', 'finish-chunk', 'every-chunk'],
    description: 'Where a stream tells its token counts',
  },
  speaks: {
    type: 'array',
    setting: 'speaks',
    description: `Kinds of server to be, of ${PROTOCOLS.join(', ')}; all of them unless set`,
  },
  'api-key': { type: 'string', setting: 'apiKey', description: 'Key that requests have to bear' },
  'aws-key': {
    type: 'array',
    setting: 'awsKeys',
    description:
      'ID=SECRET that requests to bedrock and sagemaker may be signed with, beside its own; repeatable',
  },
  models: { type: 'array', setting: 'models', description: 'Models served; others get 404' },
  seed: { type: 'number', setting: 'seed', description: 'Fixes everything that is random' },
  fault: {
    type: 'array',
    setting: 'faults',
    description: `NAME=PROBABILITY, repeatable. ${FAULT_NAMES.map((name) => `${name}: ${FAULTS[name]}`).join('; ')}`,
  },
  truth: {
    type: 'number',
    setting: 'truth',
    description: 'Requests whose ground truth is kept for /_sim/truth',
  },
  config: { type: 'string', description: 'JSON file of settings; flags go before it' },
}

/** Flags whose setting is something else than their value. */
const READ: Readonly<Partial<Record<keyof SimulatorSettings, (value: unknown) => unknown>>> = {
  awsKeys: pairsOf,
  faults: oddsOf,
  models: namesOf,
  speaks: namesOf,
}

/**
 * Settings from flags by their names, as a command line gives them; flags that are not the simulator's
 * are passed over.
 */
export function settingsFromFlags(flags: Readonly<Record<string, unknown>>): SettingsResult {
  const file = typeof flags['config'] === 'string' ? readConfig(flags['config']) : { settings: {} }
  if ('problems' in file) return file
  const settings: Record<string, unknown> = { ...file.settings }
  const flagOf = new Map<string, string>()
  for (const [name, { setting }] of Object.entries(SIMULATOR_FLAGS)) {
    const value = flags[name]
    if (value === undefined || setting === undefined) continue
    settings[setting] = READ[setting]?.(value) ?? value
    flagOf.set(setting, `--${name}`)
  }
  const result = parseSettings(settings)
  if ('settings' in result) return result
  const problems = result.problems.map((problem): Problem => {
    const [setting = '', ...inner] = problem.path.split('.')
    const flag = flagOf.get(setting)
    return {
      ...problem,
      path: flag === undefined ? `--config: ${problem.path}` : [flag, ...inner].join(' '),
    }
  })
  return { problems }
}

function readConfig(path: string): { readonly settings: object } | { readonly problems: readonly Problem[] } {
  const problem = (message: string) => ({
    problems: [{ path: `--config ${path}`, message, allowed: 'a JSON file of settings' }],
  })
  try {
    const settings: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const isObject = typeof settings === 'object' && settings !== null && !Array.isArray(settings)
    return isObject ? { settings } : problem('holds no object')
  } catch (error) {
    return problem(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** `stall=0.1` each; a name alone happens always. What is no number is left for the check to tell. */
function oddsOf(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [value].flat().map((text) => {
      const [name = '', odd = '1'] = String(text).split('=', 2)
      return [name, odd === '' || Number.isNaN(Number(odd)) ? odd : Number(odd)]
    }),
  )
}

/** `ID=SECRET` each; a secret may hold `=`. One without is left empty, for the check to tell. */
function pairsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [value].flat().map((pair) => {
      const text = String(pair)
      const at = text.indexOf('=')
      return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
    }),
  )
}

/** Names one by one, or several with commas between. */
function namesOf(value: unknown): readonly string[] {
  return [value].flat().flatMap((text) => String(text).split(','))
}

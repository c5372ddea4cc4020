import { LoadbenchError } from '../model/errors.ts'
import type { ClientSettings, ProviderPlugin } from '../model/provider.ts'

/**
 * Addresses given from outside the script. The key is a provider's name, or `*` for all of them:
 * `--target URL` sets `*`, `--target openai=URL` one, `--simulate` all.
 */
export type Targets = Readonly<Record<string, string>>

let given: Targets = {}
let simulated = false
const used: Record<string, string> = {}

/** Where this thread's calls have gone, by provider; without user names and passwords. */
export function usedTargets(): Targets {
  return { ...used }
}

/**
 * Sets the addresses of this thread's run. Called before the script is loaded.
 * @param toSimulator they are the simulator's: no keys have to be found.
 */
export function setTargets(targets: Targets, toSimulator = false): void {
  given = targets
  simulated = toSimulator
}

/** Whether this thread's calls go to the simulator. */
export function isSimulated(): boolean {
  return simulated
}

/**
 * Where a provider's calls go, by the first that is set: `--target` or `--simulate`,
 * `LOADBENCH_TARGET`, the script's `baseURL`, the provider's own variables, the provider's default.
 * @throws LB_NO_TARGET naming all of these, LB_TARGET_INVALID naming the one that is wrong.
 */
export async function resolveTarget(plugin: ProviderPlugin, baseURL: string | undefined): Promise<URL> {
  const fromEnvironment = plugin.targetVariables.find((name) => (process.env[name] ?? '') !== '')
  const candidates: readonly (readonly [string, string | undefined])[] = [
    ['--target', given[plugin.name] ?? given['*']],
    ['LOADBENCH_TARGET', process.env['LOADBENCH_TARGET']],
    ['baseURL in the script', baseURL],
    [fromEnvironment ?? '', fromEnvironment === undefined ? undefined : process.env[fromEnvironment]],
  ]
  const [source, address] = candidates.find(([, text]) => text !== undefined && text !== '') ?? [
    `the default of ${plugin.name}`,
    await plugin.defaultTarget?.(),
  ]
  if (address !== undefined) {
    const url = readAddress(source, address)
    used[plugin.name] = `${url.origin}${url.pathname === '/' ? '' : url.pathname}`
    return url
  }
  const hint = plugin.defaultTargetHint === undefined ? [] : [plugin.defaultTargetHint]
  throw new LoadbenchError(
    'LB_NO_TARGET',
    `no address is known for the provider "${plugin.name}"`,
    `Give one of: ${['--target URL', `--target ${plugin.name}=URL`, '--simulate', 'LOADBENCH_TARGET', 'baseURL in the script', ...plugin.targetVariables, ...hint].join(', ')}.`,
  )
}

/** A provider bound outside of iterations, and what it was bound to. */
export interface Bound {
  readonly plugin: ProviderPlugin
  readonly settings: ClientSettings
}

const bound = new Map<string, Bound>()

/** Keeps a provider in mind for what comes before the load: `requireTarget`, warm-up, probes. */
export function noteBound(plugin: ProviderPlugin, settings: ClientSettings): void {
  bound.set(`${plugin.name} ${settings.baseURL} ${settings.model}`, { plugin, settings })
}

/** The providers bound so far outside of iterations: once for each address and model. */
export function boundProviders(): readonly Bound[] {
  return [...bound.values()]
}

/**
 * Called once the script is loaded, before anything is sent. A script may hold a client it does not
 * use, so one address is enough; a call without one still ends the run.
 * @throws LB_NO_TARGET or LB_TARGET_INVALID where no provider bound so far has an address.
 */
export async function requireTarget(): Promise<void> {
  const asked = boundProviders().map(({ plugin, settings }) => resolveTarget(plugin, settings.baseURL))
  const answers = await Promise.allSettled(asked)
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (failed !== undefined && !answers.some(({ status }) => status === 'fulfilled')) throw failed.reason
}

/** @throws LB_TARGET_INVALID for anything but an http(s) URL. */
export function readAddress(source: string, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url !== undefined && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw new LoadbenchError(
    'LB_TARGET_INVALID',
    // A person may have written user and password before the host.
    `${source} is "${address.replace(/[^/\s]*@/, '')}", which is no http or https address`,
    'Write it whole, for example http://localhost:8000 or https://api.example.com/v1.',
  )
}

import { LoadbenchError } from '../model/errors.ts'
import type { ProviderPlugin } from '../model/provider.ts'

/**
 * Addresses given from outside the script. The key is a provider's name, or `*` for all of them:
 * `--target URL` sets `*`, `--target openai=URL` one, `--simulate` all.
 */
export type Targets = Readonly<Record<string, string>>

let given: Targets = {}
const used: Record<string, string> = {}

/** Where this thread's calls have gone, by provider; without user names and passwords. */
export function usedTargets(): Targets {
  return { ...used }
}

/** Sets the addresses of this thread's run. Called before the script is loaded. */
export function setTargets(targets: Targets): void {
  given = targets
}

/**
 * Where a provider's calls go, by the first that is set: `--target` or `--simulate`,
 * `LOADBENCH_TARGET`, the script's `baseURL`, the provider's own variables.
 * @throws LB_NO_TARGET naming all of these, LB_TARGET_INVALID naming the one that is wrong.
 */
export function resolveTarget(plugin: ProviderPlugin, baseURL: string | undefined): URL {
  const fromEnvironment = plugin.targetVariables.find((name) => (process.env[name] ?? '') !== '')
  const candidates: readonly (readonly [string, string | undefined])[] = [
    ['--target', given[plugin.name] ?? given['*']],
    ['LOADBENCH_TARGET', process.env['LOADBENCH_TARGET']],
    ['baseURL in the script', baseURL],
    [fromEnvironment ?? '', fromEnvironment === undefined ? undefined : process.env[fromEnvironment]],
  ]
  for (const [source, address] of candidates) {
    if (address === undefined || address === '') continue
    const url = readAddress(source, address)
    used[plugin.name] = `${url.origin}${url.pathname === '/' ? '' : url.pathname}`
    return url
  }
  throw new LoadbenchError(
    'LB_NO_TARGET',
    `no address is known for the provider "${plugin.name}"`,
    `Give one of: ${['--target URL', `--target ${plugin.name}=URL`, '--simulate', 'LOADBENCH_TARGET', 'baseURL in the script', ...plugin.targetVariables].join(', ')}.`,
  )
}

/** Addresses of the providers bound so far outside of iterations; asked for, not known. */
const bound = new Map<string, () => URL>()

/** Keeps a provider in mind for `requireTarget`. */
export function noteBound(plugin: ProviderPlugin, baseURL: string | undefined): void {
  bound.set(`${plugin.name} ${baseURL}`, () => resolveTarget(plugin, baseURL))
}

/**
 * Called once the script is loaded, before anything is sent. A script may hold a client it does not
 * use, so one address is enough; a call without one still ends the run.
 * @throws LB_NO_TARGET or LB_TARGET_INVALID where no provider bound so far has an address.
 */
export function requireTarget(): void {
  const problems = [...bound.values()].map((address) => {
    try {
      address()
      return undefined
    } catch (error) {
      return error
    }
  })
  if (problems.length > 0 && !problems.includes(undefined)) throw problems[0]
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

import type { Bound, Targets } from '../client/targets.ts'
import { LoadbenchError } from '../model/errors.ts'
import { nearest } from '../plan/nearest.ts'

/**
 * Looks for names in `--target NAME=URL` that no provider of the script has. Called once it is loaded.
 * @returns a sentence for each: a client made inside an iteration is not known yet.
 * @throws LB_USAGE for a name that is nearly one of the script's: its calls would go somewhere else.
 */
export function strangeTargets(targets: Targets, bound: readonly Bound[]): string[] {
  const names = namesOf(bound)
  const strange = strangeNames(targets, names)
  const mistaken = strange.find((name) => meantBy(name, targets, names) !== undefined)
  if (mistaken !== undefined) throw noProvider(mistaken, targets, names)
  return strange.map((name) => {
    const asked = names.length === 0 ? 'none' : names.join(', ')
    return `--target ${name}=… names a provider that no client at the top of the script has (there: ${asked}).`
  })
}

/** Where no provider of the script has an address: LB_USAGE for one that was given to a provider it does not have. */
export function unknownTarget(targets: Targets, bound: readonly Bound[]): LoadbenchError | undefined {
  const names = namesOf(bound)
  const [name] = strangeNames(targets, names)
  return name === undefined ? undefined : noProvider(name, targets, names)
}

function namesOf(bound: readonly Bound[]): string[] {
  return [...new Set(bound.map(({ plugin }) => plugin.name))]
}

function strangeNames(targets: Targets, names: readonly string[]): string[] {
  return Object.keys(targets).filter((name) => name !== '*' && !names.includes(name))
}

/** The nearest of the script's providers that was not given an address itself. */
function meantBy(name: string, targets: Targets, names: readonly string[]): string | undefined {
  return nearest(
    name,
    names.filter((one) => targets[one] === undefined),
  )
}

function noProvider(name: string, targets: Targets, names: readonly string[]): LoadbenchError {
  const [only, ...others] = names
  const meant = meantBy(name, targets, names) ?? (others.length === 0 ? only : undefined)
  return new LoadbenchError(
    'LB_USAGE',
    `--target ${name}=… names no provider of the script${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    `The script asks for: ${names.join(', ')}.`,
  )
}

import type { Bound, Targets } from '../client/targets.ts'
import { LoadbenchError } from '../model/errors.ts'
import { nearest } from '../plan/nearest.ts'

/**
 * Looks for names in `--target NAME=URL` that no provider of the script has. Called once it is loaded.
 * @returns a sentence for each: a client made inside an iteration is not known yet.
 * @throws LB_USAGE for a name that is nearly one of the script's: its calls would go somewhere else.
 */
export function strangeTargets(targets: Targets, bound: readonly Bound[]): string[] {
  const names = [...new Set(bound.map(({ plugin }) => plugin.name))]
  const strange = Object.keys(targets).filter((name) => name !== '*' && !names.includes(name))
  for (const name of strange) {
    const meant = nearest(
      name,
      names.filter((one) => targets[one] === undefined),
    )
    if (meant === undefined) continue
    throw new LoadbenchError(
      'LB_USAGE',
      `--target ${name}=… names no provider of the script; did you mean "${meant}"?`,
      `The script asks for: ${names.join(', ')}.`,
    )
  }
  return strange.map((name) => {
    const asked = names.length === 0 ? 'none' : names.join(', ')
    return `--target ${name}=… names a provider that no client at the top of the script has (there: ${asked}).`
  })
}

import type { OptionKey } from './option-schemas.ts'
import type { Problem } from './problem.ts'
import { originOf, type TierReading } from './tier.ts'

/**
 * A shortcut such as `--duration` replaces listed scenarios by one that runs the default function (k6). Where
 * there is none, that and not the missing function is what somebody has to know.
 * @param setters what sets the load now. @param listing the place whose scenarios are not used.
 * @returns other problems as they are.
 */
export function replacedBy(
  problem: Problem,
  setters: readonly (readonly [OptionKey, TierReading])[],
  { raw, tier }: TierReading,
  exports: readonly string[],
): Problem {
  if (problem.code !== 'LB_NO_EXEC') return problem
  const names = Object.keys(raw.get('scenarios') ?? {}).join(', ')
  const replaces = setters.length === 1 ? 'replaces' : 'replace'
  const there = exports.length === 0 ? 'no function at all' : exports.join(', ')
  return {
    ...problem,
    path: setters.map(([key]) => key).join(', '),
    message: `${replaces} the scenarios of the ${tier.label} (${names}) by one that runs the default function, but the script has none; it exports ${there}`,
    source: setters.map(([key, reading]) => originOf(reading.tier, key)).join(', '),
    advice:
      'Leave that out and change the scenario where it stands (options may read process.env, which --env NAME=value sets), or export a default function.',
  }
}

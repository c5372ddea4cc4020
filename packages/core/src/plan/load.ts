import { formatPath, leavesOf, type Path } from './option-path.ts'
import type { OptionKey } from './option-schemas.ts'
import type { Problem } from './problem.ts'
import { type ScenarioValues, scenarioSchema } from './scenario-schema.ts'
import { type Shortcut, shortcutOf } from './shortcut.ts'
import { originOf, problemAt, type TierReading } from './tier.ts'

/** The options that say which load there is. A place that sets one of them sets the load as a whole. */
export const LOAD_KEYS = [
  'scenarios',
  'vus',
  'duration',
  'iterations',
  'stages',
] as const satisfies readonly OptionKey[]

/** The scenarios of the run. */
export interface Load {
  readonly scenarios: Readonly<Record<string, ScenarioValues>>
  /** Who set each of their values, by its path; what is not listed is a default. */
  readonly origins: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/**
 * Takes the load from the highest place that says anything about it.
 * @param readings lowest first.
 * @param exports names of the functions the script exports.
 */
export function resolveLoad(readings: readonly TierReading[], exports: readonly string[]): Load {
  const setters = readings.filter((reading) => loadKeysOf(reading).length > 0)
  const top = setters.at(-1)
  const { scenarios, origins, problems } = loadOf(top, exports)
  return {
    scenarios,
    origins,
    problems: [...setters.flatMap(mixtures), ...problems],
    warnings: top ? setters.slice(0, -1).flatMap((lower) => hiddenBy(top, lower)) : [],
  }
}

/** The load one place asks for; nothing of it where that is wrong in itself. */
function loadOf(top: TierReading | undefined, exports: readonly string[]): Omit<Load, 'warnings'> {
  const isBroken = top && (mixtures(top).length > 0 || loadKeysOf(top).some((key) => !(key in top.values)))
  if (isBroken) return { scenarios: {}, origins: new Map(), problems: [] }
  const { scenarios } = top?.values ?? {}
  return top && scenarios
    ? listedLoad(top, scenarios)
    : shortcutLoad(shortcutOf(top?.values ?? {}), exports, top)
}

/** The load of a place that lists scenarios. */
function listedLoad({ tier, raw }: TierReading, scenarios: Load['scenarios']): Omit<Load, 'warnings'> {
  const origin = originOf(tier, 'scenarios')
  const leaves = leavesOf(raw.get('scenarios'), ['scenarios'])
  return { scenarios, origins: new Map(leaves.map(({ path }) => [path, origin])), problems: [] }
}

/** The load of a place that uses shortcuts, or of none at all: one scenario called `default`. */
function shortcutLoad(
  { scenario, setBy }: Shortcut,
  exports: readonly string[],
  reading: TierReading | undefined,
): Omit<Load, 'warnings'> {
  const originFor = (field: PropertyKey | undefined): string => {
    const key = setBy[String(field)]
    return reading && key ? originOf(reading.tier, key) : 'default'
  }
  const origins = new Map<string, string>()
  for (const [field, value] of Object.entries(scenario)) {
    for (const { path } of leavesOf(value, ['scenarios', 'default', field]))
      origins.set(path, originFor(field))
  }
  const result = scenarioSchema(exports).safeParse(scenario)
  const problems = (result.error?.issues ?? []).map(({ message, path: [field, ...inner] }) => {
    const key = setBy[String(field)]
    const path: Path = key ? [key, ...inner] : ['scenarios', 'default', String(field), ...inner]
    return problemAt(path, message, originFor(field))
  })
  return { scenarios: result.success ? { default: result.data } : {}, origins, problems }
}

/** Options of one place that cannot stand beside one another. */
function mixtures({ tier, raw }: TierReading): Problem[] {
  const clash = (key: OptionKey, reason: string) =>
    raw.has(key) ? [problemAt([key], reason, originOf(tier, key))] : []
  if (raw.has('scenarios')) {
    const reason = 'cannot stand beside scenarios; set it inside of a scenario'
    return LOAD_KEYS.filter((key) => key !== 'scenarios').flatMap((key) => clash(key, reason))
  }
  if (!raw.has('stages')) return []
  return [
    ...clash('duration', 'cannot stand beside stages, which have durations of their own'),
    ...clash('iterations', 'cannot stand beside stages, which run until their time is over'),
  ]
}

/** Says what a lower place asked for and will not get. */
function hiddenBy(top: TierReading, lower: TierReading): string[] {
  const kept = new Set(loadPathsOf(top))
  const hidden = loadPathsOf(lower).filter((path) => !kept.has(path))
  if (hidden.length === 0) return []
  const keys = loadKeysOf(top)
  const setters = keys.map((key) => originOf(top.tier, key)).join(', ')
  const meaning = keys.join() === 'vus' ? ' (shared-iterations, as many iterations as VUs)' : ''
  return [
    `Not used: ${hidden.join(', ')} (${lower.tier.label}). The load comes from ${setters} alone${meaning}.`,
  ]
}

function loadKeysOf({ raw }: TierReading) {
  return LOAD_KEYS.filter((key) => raw.has(key))
}

/** The load options that are set, scenarios one by one. */
function loadPathsOf(reading: TierReading): string[] {
  return loadKeysOf(reading).flatMap((key) => {
    const scenarios = key === 'scenarios' ? reading.raw.get(key) : undefined
    if (typeof scenarios !== 'object' || scenarios === null) return [key]
    return Object.keys(scenarios).map((name) => formatPath(['scenarios', name]))
  })
}

import { formatPath, leavesOf, type Path } from './option-path.ts'
import type { OptionKey } from './option-schemas.ts'
import type { Problem } from './problem.ts'
import { replacedBy } from './replaced-scenarios.ts'
import { type ScenarioValues, scenarioSchema } from './scenario-schema.ts'
import { type Shortcut, shortcutOf } from './shortcut.ts'
import { originOf, problemAt, type TierReading } from './tier.ts'

/** The options that say which load there is. */
export const LOAD_KEYS = [
  'scenarios',
  'vus',
  'duration',
  'iterations',
  'stages',
] as const satisfies readonly OptionKey[]

type LoadKey = (typeof LOAD_KEYS)[number]

/** The scenarios of the run. */
export interface Load {
  readonly scenarios: Readonly<Record<string, ScenarioValues>>
  /** Who set each of their values, by its path; what is not listed is a default. */
  readonly origins: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
}

/** Which place each load option comes from, once lower places have been overruled. */
type Setters = ReadonlyMap<LoadKey, TierReading>

/**
 * Takes the load from the highest place that says anything about it: a place that sets `scenarios`,
 * `duration`, `iterations` or `stages` overrules all four of lower places. `vus` is carried from one
 * shortcut to another, so that `--duration 10s` keeps the script's VUs and `--vus 5` its duration;
 * over listed scenarios `vus` alone means that many iterations shared by as many VUs (k6).
 * @param readings lowest first.
 * @param exports names of the functions the script exports.
 */
export function resolveLoad(readings: readonly TierReading[], exports: readonly string[]): Load {
  const warnings: string[] = []
  let setters: Setters = new Map()
  for (const reading of readings) {
    if (loadKeysOf(reading).length === 0) continue
    const next = overruled(setters, reading)
    warnings.push(...hiddenBy(reading, setters, next))
    setters = next
  }
  const clashes = readings.flatMap(mixtures)
  const isBroken = clashes.length > 0 || [...setters].some(([key, { values }]) => !(key in values))
  if (isBroken) return { scenarios: {}, origins: new Map(), problems: clashes, warnings }
  const load = loadOf(setters, exports)
  const listing = readings.findLast(({ raw }) => raw.has('scenarios'))
  const isReplaced = listing !== undefined && setters.get('scenarios') !== listing
  const problems = isReplaced
    ? load.problems.map((problem) => replacedBy(problem, [...setters], listing, exports))
    : load.problems
  return { ...load, problems, warnings }
}

function overruled(below: Setters, reading: TierReading): Setters {
  const own = loadKeysOf(reading)
  const replaces = own.some((key) => key !== 'vus') || below.has('scenarios')
  const kept = replaces
    ? [...below].filter(([key]) => key === 'vus' && !reading.raw.has('scenarios'))
    : [...below]
  return new Map([...kept, ...own.map((key) => [key, reading] as const)])
}

function loadOf(setters: Setters, exports: readonly string[]): Omit<Load, 'warnings'> {
  const listing = setters.get('scenarios')
  const scenarios = listing?.values.scenarios
  if (listing !== undefined && scenarios !== undefined) return listedLoad(listing, scenarios)
  const values = Object.fromEntries([...setters].map(([key, reading]) => [key, reading.values[key]]))
  return shortcutLoad(shortcutOf(values), exports, setters)
}

/** The load of a place that lists scenarios. */
function listedLoad({ tier, raw }: TierReading, scenarios: Load['scenarios']): Omit<Load, 'warnings'> {
  const origin = originOf(tier, 'scenarios')
  const leaves = leavesOf(raw.get('scenarios'), ['scenarios'])
  return { scenarios, origins: new Map(leaves.map(({ path }) => [path, origin])), problems: [] }
}

/** The load of shortcuts, or of nothing at all: one scenario called `default`. */
function shortcutLoad(
  { scenario, setBy }: Shortcut,
  exports: readonly string[],
  setters: Setters,
): Omit<Load, 'warnings'> {
  const originFor = (field: PropertyKey | undefined): string => {
    const key = setBy[String(field)]
    const reading = key === undefined ? undefined : setters.get(key)
    return key !== undefined && reading ? originOf(reading.tier, key) : 'default'
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

/** Says what lower places asked for and will not get. */
function hiddenBy(top: TierReading, before: Setters, after: Setters): string[] {
  const keys = loadKeysOf(top)
  const kept = new Set(keys.flatMap((key) => pathsOf(top, key)))
  const hidden = [...before]
    .filter(([key]) => after.get(key) === undefined || (key === 'scenarios' && after.get(key) === top))
    .flatMap(([key, reading]) => pathsOf(reading, key).map((path) => ({ path, label: reading.tier.label })))
    .filter(({ path }) => !kept.has(path))
  if (hidden.length === 0) return []
  const setters = keys.map((key) => originOf(top.tier, key)).join(', ')
  const meaning = keys.join() === 'vus' ? ' (shared-iterations, as many iterations as VUs)' : ''
  return [...new Set(hidden.map(({ label }) => label))].map((label) => {
    const paths = hidden.filter((one) => one.label === label).map(({ path }) => path)
    return `Not used: ${paths.join(', ')} (${label}). The load comes from ${setters}${meaning}.`
  })
}

function loadKeysOf({ raw }: TierReading) {
  return LOAD_KEYS.filter((key) => raw.has(key))
}

/** The paths of a load option, scenarios one by one. */
function pathsOf({ raw }: TierReading, key: LoadKey): string[] {
  const value = raw.get(key)
  if (key !== 'scenarios' || typeof value !== 'object' || value === null) return [key]
  return Object.keys(value).map((name) => formatPath(['scenarios', name]))
}

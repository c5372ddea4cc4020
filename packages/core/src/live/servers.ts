import { isSimulated, type Bound } from '../client/targets.ts'
import { wireKindOf, type WireKind } from '../client/wire-kind.ts'
import type { Millis } from '../model/clock.ts'
import type { ServedModel, ServerInfo } from '../model/probe.ts'
import type { FoundServer } from '../model/summary.ts'
import { didYouMean } from '../plan/nearest.ts'
import { probe, type Prober } from '../probe/probe.ts'
import { infoWithoutSecrets, withoutCredentials } from '../store/secrets.ts'

/** How long a run waits for what its servers tell about themselves, at most. */
const PATIENCE: Millis = 1_500
/** Models kept of a server that lists many, those asked for among them. */
const MOST_MODELS = 20

/** What was found out before the load. */
export interface Findings {
  readonly servers: readonly FoundServer[]
  /** What a person should know of them, one sentence each. */
  readonly warnings: readonly string[]
}

/** A provider at an address, and the models the script's clients there were made with. */
interface Place {
  readonly bound: Bound
  readonly prober: Prober
  readonly kind: WireKind
  readonly models: string[]
}

/**
 * Asks each address the bound providers' calls go to what serves there. One that tells nothing, or not
 * in time, is left out: whether it can be reached the load will show. Never rejects. Asks nothing of the
 * simulator, which is known.
 */
export async function findServers(bound: readonly Bound[], patience = PATIENCE): Promise<Findings> {
  if (isSimulated()) return { servers: [], warnings: [] }
  const places = await placesOf(bound)
  const found = await Promise.all(
    places.map(async (place) => {
      const { bound: one, prober, kind } = place
      const { headers = {} } = one.settings
      const settings = { timeout: patience, keys: 'always', headers, tls: kind.tls } as const
      const { info } = await probe(prober, kind.origin, settings)
      return info === undefined ? [] : [{ place, info }]
    }),
  )
  const known = found.flat()
  return {
    servers: known.map(({ place, info }) => foundServer(place, info)),
    warnings: known.flatMap(({ place, info }) => warningsOf(place, info)),
  }
}

async function placesOf(bound: readonly Bound[]): Promise<Place[]> {
  const places = new Map<string, Place>()
  for (const one of bound) {
    const { plugin, settings } = one
    if (plugin.probe === undefined) continue
    // oxlint-disable-next-line no-await-in-loop -- nothing but names and regions
    const kind = await wireKindOf(plugin, settings).catch(() => undefined)
    if (kind === undefined) continue
    const key = `${plugin.name} ${kind.origin.href}`
    const place = places.get(key) ?? { bound: one, prober: proberOf(plugin, plugin.probe), kind, models: [] }
    places.set(key, place)
    if (settings.model !== undefined) place.models.push(settings.model)
  }
  return [...places.values()]
}

/** As its methods may need it, the plugin stays what they are called on. */
function proberOf(plugin: Bound['plugin'], asking: Prober['probe']): Prober {
  return { probe: asking, ...(plugin.sign === undefined ? {} : { sign: plugin.sign.bind(plugin) }) }
}

function foundServer({ bound: { plugin }, kind, models }: Place, info: ServerInfo): FoundServer {
  const served = info.models?.toSorted((a, b) => rank(models, b) - rank(models, a)).slice(0, MOST_MODELS)
  return {
    provider: plugin.name,
    target: withoutCredentials(kind.origin.href),
    ...infoWithoutSecrets({ ...info, ...(served === undefined ? {} : { models: served }) }),
  }
}

/** Whether a model is one of those asked for. */
function rank(asked: readonly string[], model: ServedModel): 0 | 1 {
  return namesOf(model).some((name) => asked.includes(name)) ? 1 : 0
}

function namesOf({ id, aliases = [] }: ServedModel): readonly string[] {
  return [id, ...aliases]
}

function warningsOf(
  { bound: { plugin }, models: asked }: Place,
  { models, warnings = [] }: ServerInfo,
): string[] {
  const told = warnings.map((warning) => `${plugin.name}: ${warning}`)
  if (models === undefined) return told
  const names = models.flatMap(namesOf)
  const missing = [...new Set(asked)].filter((model) => !names.includes(model))
  const serves = names.length === 0 ? 'no model' : listOf(models.map(({ id }) => id))
  return [
    ...told,
    ...missing.map((model) => {
      const meant = didYouMean(model, names)
      return `The model "${model}" is not among those the server of ${plugin.name} serves${meant} (it serves ${serves}).`
    }),
  ]
}

function listOf(names: readonly string[]): string {
  const more = names.length - 5
  return names.slice(0, 5).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

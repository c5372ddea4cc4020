import { isSimulated, type Bound } from '../client/targets.ts'
import { wireKindOf, type WireKind } from '../client/wire-kind.ts'
import { now, type Millis } from '../model/clock.ts'
import type { ServedModel, ServerInfo } from '../model/probe.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import type { FoundServer } from '../model/summary.ts'
import { didYouMean } from '../plan/nearest.ts'
import { probe, type Prober } from '../probe/probe.ts'
import { infoWithoutSecrets, withoutCredentials } from '../store/secrets.ts'
import { strangerText } from './stranger.ts'

/** How long a run waits for what its servers tell about themselves, at most. */
const PATIENCE: Millis = 1_500
/** Models kept of a server that lists many, those asked for among them. */
const MOST_MODELS = 20

/** What was found out before the load. */
export interface Findings {
  readonly servers: readonly FoundServer[]
  /** What a person should know of them, one sentence each. */
  readonly warnings: readonly string[]
  /** The same of addresses where nothing answers. */
  readonly unanswered: readonly string[]
}

/** A provider at an address, and the models the script's clients there were made with. */
interface Place {
  readonly bound: Bound
  readonly prober: Prober
  readonly kind: WireKind
  readonly models: string[]
}

/**
 * Asks each address the bound providers' calls go to what serves there. The run goes on whatever they say: what
 * does not answer now may do so later. Never rejects. Asks nothing of the simulator, which is known.
 * @param others the providers that are installed, for servers that the script's own do not know.
 */
export async function findServers(
  bound: readonly Bound[],
  others: () => Promise<readonly ProviderPlugin[]>,
  patience = PATIENCE,
): Promise<Findings> {
  if (isSimulated()) return { servers: [], warnings: [], unanswered: [] }
  const endsAt = now() + patience
  const places = await placesOf(bound)
  const found = await Promise.all(places.map((place) => lookAt(place, others, endsAt)))
  return {
    servers: found.flatMap(({ servers }) => servers),
    warnings: [...new Set(found.flatMap(({ warnings }) => warnings))],
    unanswered: [...new Set(found.flatMap(({ unanswered }) => unanswered))],
  }
}

async function lookAt(
  place: Place,
  others: () => Promise<readonly ProviderPlugin[]>,
  endsAt: Millis,
): Promise<Findings> {
  const { bound, prober, kind } = place
  const { tls, origin: address } = kind
  const { headers = {} } = bound.settings
  const settings = { timeout: endsAt - now(), keys: 'always', headers, tls } as const
  const probed = await probe(prober, address, settings)
  const { info } = probed
  if (info !== undefined)
    return { servers: [foundServer(place, info)], warnings: warningsOf(place, info), unanswered: [] }
  const shown = withoutCredentials(address.href)
  const ask = (elsewhere: URL) =>
    probe(prober, elsewhere, { ...settings, timeout: endsAt - now(), keys: 'recognised' })
  const stranger = { name: bound.plugin.name, address, shown, probed, ask }
  const text = await strangerText(stranger, { providers: others, timeout: endsAt - now(), tls })
  const told = text === undefined ? [] : [text]
  return {
    servers: [],
    ...(probed.answered ? { warnings: told, unanswered: [] } : { warnings: [], unanswered: told }),
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

import type { Bound } from '../client/targets.ts'
import { wireKindOf } from '../client/wire-kind.ts'
import type { Call } from '../model/call.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { HttpRequest } from '../model/provider.ts'
import { isSpoken, type Spoken } from '../probe/simulated.ts'

/** One of each kind: a provider may know some of them only. */
const CALLS: readonly Call[] = [
  { kind: 'chat', messages: [{ role: 'user', content: 'Hello' }] },
  { kind: 'completion', prompt: 'Hello' },
  { kind: 'embedding', input: 'Hello' },
]

/**
 * With `--simulate`: whether the simulator has a path that a provider asks. Called once the script is loaded,
 * before anything is sent; a client the script does not use does no harm, so one that is spoken is enough.
 * @returns a sentence for each provider whose protocol the simulator does not speak.
 * @throws LB_SIMULATOR_INVALID where that is every provider of the script.
 */
export async function requireSpoken(bound: readonly Bound[]): Promise<string[]> {
  const found = await Promise.all(bound.map(whyUnspoken))
  const unspoken = [...new Set(found.filter((sentence) => sentence !== undefined))]
  if (unspoken.length === 0 || found.includes(undefined)) return unspoken
  throw new LoadbenchError(
    'LB_SIMULATOR_INVALID',
    unspoken.join('\n'),
    'Load a server that speaks its protocol: --target URL, or baseURL in the script.',
  )
}

async function whyUnspoken({ plugin, settings }: Bound): Promise<string | undefined> {
  const { origin } = await wireKindOf(plugin, settings)
  const requests = CALLS.flatMap((call) => encoded(() => plugin.encode({ model: 'm', ...call }, origin)))
  const answers = await Promise.all(requests.map((request) => isSpoken(origin, request)))
  const told = answers.filter((answer): answer is Spoken => answer !== undefined)
  const [first] = told
  if (first === undefined || told.some(({ known }) => known)) return undefined
  const paths = [...new Set(requests.map(({ method, path }) => `${method} ${path.split('?', 1)[0] ?? ''}`))]
  return `the simulator does not speak the protocol of "${plugin.name}" (${paths.join(', ')}); it speaks ${first.speaks.join(', ')}`
}

/** What a provider does not know, it refuses by throwing. */
function encoded(encode: () => HttpRequest): HttpRequest[] {
  try {
    return [encode()]
  } catch {
    return []
  }
}

import { now, type Millis } from '../model/clock.ts'
import { isObject } from '../model/json.ts'
import type { HttpRequest } from '../model/provider.ts'
import { addressOf, put, requestOf } from './question.ts'

const PATIENCE: Millis = 2_000

/** What the simulator says of a request it was not sent. */
export interface Spoken {
  /** Whether it would answer: the path is one it has. */
  readonly known: boolean
  /** The protocols it speaks. */
  readonly speaks: readonly string[]
}

/** Asks the simulator whether it has the path of a request. `undefined`: it does not tell. Never rejects. */
export async function isSpoken(
  simulator: URL,
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
): Promise<Spoken | undefined> {
  const query = new URLSearchParams({ method, path: path.split('?', 1)[0] ?? '' })
  const question = { name: 'route', url: `/_sim/route?${query.toString()}` }
  const asking = { endsAt: now() + PATIENCE, tls: {} }
  const { answer } = await put(requestOf(question, simulator, {}), addressOf(question, simulator), asking)
  if (!isObject(answer.json) || typeof answer.json['known'] !== 'boolean') return undefined
  const { known, speaks } = answer.json
  return { known, speaks: Array.isArray(speaks) ? speaks.map(String) : [] }
}

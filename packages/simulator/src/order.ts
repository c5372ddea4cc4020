import type { IncomingHttpHeaders } from 'node:http'
import type { Ask } from './answer.ts'
import { chooseFault, type FaultName } from './faults.ts'
import { describeProblems } from './problem.ts'
import type { AnyProtocol, Inquiry, Reply } from './protocol.ts'
import { seeded, type Random } from './random.ts'
import { parseAnswerSettings, type Behaviour, type Settings } from './schema.ts'

/** What one request is to get. */
export interface Order {
  readonly ask: Ask
  readonly behaviour: Behaviour
  readonly random: Random
  readonly fault: FaultName | undefined
}

/**
 * Reads the `n`th request: the server's settings under those of its `x-sim` header, and what its body
 * asks for. Or the error it has deserved.
 */
export function readOrder(
  settings: Settings,
  protocol: AnyProtocol,
  request: Inquiry,
  n: number,
): Order | { readonly reply: Reply } {
  const bad = (message: string) => ({ reply: protocol.refuse('bad-request', settings, message) })
  const refused = admit(settings, protocol, request)
  if (refused !== undefined) return { reply: refused }
  const json = parseJson(request.body.toString())
  if (json === undefined) return bad('The body is not valid JSON.')
  const own = readHeader(request.headers['x-sim'])
  if ('wrong' in own) return bad(`The header x-sim is wrong: ${own.wrong}`)
  const ask = protocol.read(json, request)
  if ('complaint' in ask) return bad(ask.complaint)
  if (ask.model !== undefined && settings.models?.includes(ask.model) === false) {
    const message = `The model ${ask.model} does not exist.`
    return { reply: protocol.refuse('model-not-found', settings, message, ask) }
  }
  const behaviour: Behaviour = { ...settings, ...own.settings }
  const random = seeded(behaviour.seed, own.settings.seed === undefined ? n : 0)
  return { ask, behaviour, random, fault: faultOf(behaviour, ask, random) }
}

function admit(settings: Settings, protocol: AnyProtocol, request: Inquiry): Reply | undefined {
  if (protocol.admit !== undefined) return protocol.admit(request, settings)
  return authorized(settings, request.headers) ? undefined : protocol.refuse('auth', settings)
}

/** Whether a request bears the key, where one is asked for. */
export function authorized({ apiKey }: Settings, headers: IncomingHttpHeaders): boolean {
  // `api-key` is Azure's way.
  return apiKey === undefined || headers.authorization === `Bearer ${apiKey}` || headers['api-key'] === apiKey
}

function readHeader(header: string | string[] | undefined) {
  if (header === undefined) return { settings: {} }
  const result = parseAnswerSettings(parseJson(String(header)))
  return 'problems' in result ? { wrong: describeProblems(result.problems).join(' · ') } : result
}

/** The fault a request gets; where no stream was asked for, only what can happen to a whole answer. */
function faultOf(behaviour: Behaviour, ask: Ask, random: Random): FaultName | undefined {
  const drawn = chooseFault(behaviour.faults, random)
  const fault = behaviour.fault ?? drawn
  if (fault === 'none') return undefined
  if (ask.streamed) return fault
  if (fault === 'no-done' || fault === 'not-streamed') return undefined
  return fault === 'stream-error' || fault === 'stream-error-done' ? 'server-error' : fault
}

/** `undefined` for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { Millis } from '../model/clock.ts'
import { classOfStatus } from '../model/failure.ts'
import type { HttpRequest } from '../model/provider.ts'
import { ask } from '../transport/ask.ts'
import type { WireKind } from '../transport/wire.ts'
import { withoutSecrets } from '../transport/classify.ts'
import { withHeaders } from './headers.ts'
import { isSimulated, type Bound } from './targets.ts'
import { wireKindOf } from './wire-kind.ts'

/** Large models take minutes to load. */
const PATIENCE: Millis = 600_000
/** As with calls. */
const CONNECT_PATIENCE: Millis = 10_000
/** Of an answer: enough to say why it failed. */
const LONGEST_BODY = 4_096

interface WarmUp {
  /** Ends it: nothing further is sent, what runs is let go. */
  readonly signal: AbortSignal
  /** What is being warmed up, before it is: `ollama llama3`. */
  readonly tell: (what: string) => void
}

/**
 * Sends what the bound providers ask for to have their servers ready, one request after the other.
 * @returns what did not work, one sentence each. Never rejects.
 */
export async function warmUpServers(
  bound: readonly Bound[],
  { signal, tell }: WarmUp,
): Promise<readonly string[]> {
  const problems: string[] = []
  const sent = new Set<string>()
  for (const { plugin, settings } of bound) {
    // oxlint-disable no-await-in-loop -- one after the other: two models loading at once take longer than both
    const kind = await wireKindOf(plugin, settings).catch(() => undefined)
    if (kind === undefined) continue
    const name = settings.model === undefined ? plugin.name : `${plugin.name} ${settings.model}`
    const fail = (why: string) => void problems.push(`Warming up ${name} failed: ${why}`)
    for (const request of requestsOf(plugin, kind.origin, fail)) {
      const key = `${kind.key} ${request.path} ${String(request.body)}`
      if (signal.aborted || sent.has(key)) continue
      sent.add(key)
      tell(name)
      const problem = await send({ plugin, settings }, kind, request, signal)
      if (problem !== undefined && !signal.aborted) fail(problem)
    }
    // oxlint-enable no-await-in-loop
  }
  return problems
}

/** A plugin that throws where it promised not to has none, and that is told. */
function requestsOf(
  plugin: Bound['plugin'],
  target: URL,
  fail: (why: string) => void,
): readonly HttpRequest[] {
  try {
    return plugin.warmUp?.(target) ?? []
  } catch (error) {
    fail(String(error))
    return []
  }
}

/** @returns why it failed. */
async function send(
  { plugin, settings }: Bound,
  kind: WireKind,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<string | undefined> {
  let ready = withHeaders(request, settings.headers)
  try {
    ready = (await plugin.sign?.(ready, kind.origin, { simulated: isSimulated() })) ?? ready
  } catch (error) {
    return `the request could not be signed: ${error instanceof Error ? error.message : String(error)}`
  }
  const limits = { timeout: PATIENCE, connect: CONNECT_PATIENCE, bytes: LONGEST_BODY, signal }
  const { head, body, failure } = await ask(kind, ready, limits)
  const status = head?.status ?? 0
  const failed = classOfStatus(status)
  if (failed === undefined && failure === undefined) return undefined
  const told =
    failed === undefined ? failure : { class: failed, message: `HTTP ${status} ${body.slice(0, 300)}` }
  return told && withoutSecrets(told, ready.headers, ready.path).message
}

import { classOfStatus, type Failure } from '../model/failure.ts'
import { builtIn } from '../model/metric.ts'
import type { Tags } from '../model/tags.ts'
import type { Scope } from '../script/scope.ts'
import { errorCodeOf } from './error-code.ts'
import type { ExpectedStatuses } from './expected-statuses.ts'
import type { Hop } from './hop.ts'
import { NO_TAGS } from './params.ts'
import type { HttpTimings } from './timings.ts'

const REQUESTS = builtIn('http_reqs')
const FAILED = builtIn('http_req_failed')
const INTERRUPTED = builtIn('http_req_interrupted')
const SENT = builtIn('data_sent')
const RECEIVED = builtIn('data_received')
const PHASES = (
  ['duration', 'blocked', 'connecting', 'tls_handshaking', 'sending', 'waiting', 'receiving'] as const
).map((name: keyof HttpTimings) => [name, builtIn(`http_req_${name}`)] as const)

/** What is known of a hop beside what it measured. */
export interface HopFacts {
  readonly method: string
  /** Given by the script, or the address without credentials. */
  readonly name: string
  /** The script's own. */
  readonly tags: Tags
  /** `null`: not judged. */
  readonly expected: ExpectedStatuses | null
  readonly bytesSent: number
}

/**
 * The metrics of one ended hop (docs/metrics.md): of all of them, whatever came, as in k6. One that the end
 * of the run cut off adds to counters only.
 */
export function record(hop: Hop, facts: HopFacts, { vu, tags: around }: Scope): void {
  const { sink } = vu
  const { method, name, tags: own, expected } = facts
  const { failure, status } = hop
  if (hop.sentWhole) sink.add(SENT, facts.bytesSent, around)
  sink.add(RECEIVED, hop.bytesReceived, around)
  if (hop.interrupted) {
    const tags = { ...around, ...own, method, name, url: name }
    sink.add(REQUESTS, 1, tags)
    sink.add(INTERRUPTED, 1, tags)
    return
  }
  const good = failure === undefined && (expected === null || expected.includes(status))
  const errorClass = failure?.class ?? classOfStatus(status)
  const judged = expected === null ? undefined : String(good)
  const tags =
    errorClass === undefined && own === NO_TAGS
      ? usualTags(around, method, name, status, judged)
      : {
          ...tagsOf(around, method, name, String(status), judged, own),
          ...(errorClass === undefined
            ? {}
            : { error: errorClass, error_code: String(errorCodeOf(failure, status)) }),
        }
  sink.add(REQUESTS, 1, tags)
  // A counter that never counted has no data; this one is to say 0.
  sink.add(INTERRUPTED, 0, tags)
  if (expected !== null) sink.add(FAILED, good ? 0 : 1, tags)
  for (const [phase, metric] of PHASES) {
    const value = hop.phases[phase]
    if (value !== undefined) sink.add(metric, value, tags)
  }
  if (good || errorClass === undefined) return
  const told: Failure = failure ?? {
    class: errorClass,
    message: `HTTP ${status} ${hop.raw?.reason ?? ''}`.trimEnd(),
    status,
  }
  sink.failure({ ...told, message: `${method} ${name}: ${told.message}` }, tags)
}

function tagsOf(
  around: Tags,
  method: string,
  name: string,
  status: string,
  judged: string | undefined,
  own: Tags,
): Tags {
  const tags = { ...around, ...own, method, name, url: name, status }
  return judged === undefined ? tags : { ...tags, expected_response: judged }
}

interface UsualTags {
  readonly method: string
  readonly status: number
  readonly judged: string | undefined
  readonly tags: Tags
}

/**
 * Of scopes, by name, by what was asked for and came: one frozen object for all alike, whose series are
 * found by identity.
 */
const remembered = new WeakMap<Tags, Map<string, UsualTags[]>>()
const MOST_NAMES = 1_000

/** Of an answer without tags of its own. */
function usualTags(
  around: Tags,
  method: string,
  name: string,
  status: number,
  judged: string | undefined,
): Tags {
  let names = remembered.get(around)
  if (names === undefined || names.size > MOST_NAMES) remembered.set(around, (names = new Map()))
  let usual = names.get(name)
  if (usual === undefined) names.set(name, (usual = []))
  for (const one of usual) {
    if (one.status === status && one.method === method && one.judged === judged) return one.tags
  }
  const tags = Object.freeze(tagsOf(around, method, name, String(status), judged, NO_TAGS))
  usual.push({ method, status, judged, tags })
  return tags
}

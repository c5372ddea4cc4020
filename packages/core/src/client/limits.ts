import type { Call } from '../model/call.ts'
import type { Millis } from '../model/clock.ts'
import { parseDuration } from '../model/duration.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { Timeouts } from '../model/timeouts.ts'

const DEFAULTS = {
  connect: 10_000,
  headers: 120_000,
  firstToken: 300_000,
  betweenTokens: 120_000,
  total: 600_000,
} as const satisfies Record<keyof Timeouts, Millis>

type Limits = Record<keyof Timeouts, Millis>

/** What of a call says whether its answer comes in one piece; vectors always do. */
interface Asked {
  readonly kind?: Call['kind']
  readonly stream?: boolean
}

/**
 * The deadlines of a call in ms: its own, else the client's, else the defaults.
 * An answer that comes in one piece sends its headers when it is done, so only `total` bounds it
 * unless the settings say otherwise.
 * @throws LB_CALL_INVALID naming the one that is no duration.
 */
export function limitsOf(call: Asked, ...settings: readonly (Timeouts | undefined)[]): Limits {
  const limits: Limits = { ...DEFAULTS }
  for (const given of settings) {
    for (const [name, value] of Object.entries(given ?? {})) {
      if (!isLimit(name)) throw unreadable(name, value)
      if (value === undefined) continue
      const millis = parseDuration(value)
      if (millis === undefined || millis === 0) throw unreadable(name, value)
      limits[name] = millis
    }
  }
  if (call.stream === false || call.kind === 'embedding') {
    const named = (name: keyof Timeouts) => settings.some((given) => given?.[name] !== undefined)
    if (!named('headers')) limits.headers = limits.total
    if (!named('firstToken')) limits.firstToken = limits.total
  }
  return limits
}

function isLimit(name: string): name is keyof Timeouts {
  return Object.hasOwn(DEFAULTS, name)
}

function unreadable(name: string, value: unknown): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    `timeouts.${name} is ${JSON.stringify(value)}`,
    `Give a duration above 0, such as 30000 or '30s', to one of: ${Object.keys(DEFAULTS).join(', ')}.`,
  )
}

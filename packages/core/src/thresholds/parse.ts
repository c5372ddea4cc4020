import type { Millis } from '../model/clock.ts'
import { parseDuration } from '../model/duration.ts'

/**
 * k6's grammar, with units and windows added:
 *
 *   threshold   = aggregation operator bound [ "over" duration ]
 *   aggregation = "avg" | "count" | "fails" | "max" | "med" | "min" | "passes" | "rate" | "value"
 *               | "p(" number ")"                                   number from 0 to 100
 *   operator    = "<" | "<=" | ">" | ">=" | "==" | "===" | "!="
 *   bound       = number [ "us" | "ms" | "s" | "m" | "%" ]
 *   number      = [ "-" | "+" ] digits [ "." digits ] [ "e" [ "-" | "+" ] digits ]
 *
 * White space may stand between any two of these.
 */
export interface ParsedThreshold {
  /** As `Aggregate.value` knows it: `p(95)`, `avg`. */
  readonly aggregation: string
  readonly operator: Operator
  /** In the unit of the metric: ms for a bound with a unit of time, a share for one in per cent. */
  readonly bound: number
  readonly boundUnit?: 'time' | 'percent'
  /** Length of the window the threshold holds over; absent: the whole run. */
  readonly window?: Millis
  /** The expression as it was written. */
  readonly source: string
}

/** How `observed` must stand to the bound. `===` is `==`, as in k6. */
export const OPERATORS = {
  '<': (observed: number, bound: number) => observed < bound,
  '<=': (observed: number, bound: number) => observed <= bound,
  '>': (observed: number, bound: number) => observed > bound,
  '>=': (observed: number, bound: number) => observed >= bound,
  '==': (observed: number, bound: number) => observed === bound,
  '===': (observed: number, bound: number) => observed === bound,
  '!=': (observed: number, bound: number) => observed !== bound,
} as const
export type Operator = keyof typeof OPERATORS

const AGGREGATION = /\s*([a-z][a-z0-9]*)\s*(?:\(([^)]*)\))?/y
const NAMES: readonly string[] = ['avg', 'count', 'fails', 'max', 'med', 'min', 'passes', 'rate', 'value']
const OPERATOR = /\s*(<=|>=|===|==|!=|<|>)/y
const NUMBER = /\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)/iy
const UNIT = /\s*(us|ms|s|m|%)(?![a-z])/y
const WINDOW = /\s*over\s+(\S+)/y
const END = /\s*$/y

const MILLIS_OF: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1_000, m: 60_000 }
/** Snapshots come once a second, so nothing shorter can be judged. */
const SHORTEST_WINDOW: Millis = 1_000
/** Longer than any run a window makes sense in. */
const LONGEST_WINDOW: Millis = 24 * 3_600_000

/** Takes an expression apart from left to right. */
class Cursor {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text) ?? undefined
    if (match !== undefined) this.#at = pattern.lastIndex
    return match
  }

  get rest(): string {
    return this.#text.slice(this.#at).trim()
  }
}

/** What is wrong with an expression, for a person. */
interface Problem {
  readonly problem: string
}

/** Reads an expression such as `p(95)<550`, `rate<1%` or `p(99)<=1.5s over 30s`. Never throws. */
export function parseThreshold(expression: string): ParsedThreshold | Problem {
  const cursor = new Cursor(expression)
  const aggregation = takeAggregation(cursor)
  if (typeof aggregation !== 'string') return aggregation
  const operator = cursor.take(OPERATOR)?.[1]
  if (operator === undefined)
    return {
      problem: `expected an operator (${Object.keys(OPERATORS).join(' ')}) after ${aggregation}${at(cursor)}`,
    }
  const number = cursor.take(NUMBER)?.[1]
  if (number === undefined || !Number.isFinite(Number(number)))
    return { problem: `expected a number after ${operator}${at(cursor)}` }
  const unit = cursor.take(UNIT)?.[1]
  const written = cursor.take(WINDOW)?.[1]
  if (cursor.take(END) === undefined)
    return {
      problem: `cannot read "${cursor.rest}": a bound may have a unit (us, ms, s, m, %) and "over 30s" after it`,
    }
  const window = written === undefined ? undefined : parseDuration(written)
  if (written !== undefined && (window === undefined || window < SHORTEST_WINDOW || window > LONGEST_WINDOW))
    return { problem: `"over ${written}" must name a duration from 1s to 24h` }
  return {
    aggregation,
    operator: operator as Operator,
    ...boundOf(Number(number), unit),
    ...(window !== undefined && { window }),
    source: expression,
  }
}

function takeAggregation(cursor: Cursor): string | Problem {
  const expected = `expected one of ${NAMES.join(', ')} or a percentile such as p(95)`
  const match = cursor.take(AGGREGATION)
  if (match === undefined) return { problem: `${expected} at the start${at(cursor)}` }
  const [, name = '', argument] = match
  if (argument === undefined && NAMES.includes(name)) return name
  if (name !== 'p' || argument === undefined) return { problem: `${expected}, got "${match[0].trim()}"` }
  const percent = argument.trim()
  if (!/^\d+(\.\d+)?$/.test(percent) || Number(percent) > 100)
    return { problem: `the percentile in p(${percent}) must be a number from 0 to 100` }
  return `p(${percent})`
}

function boundOf(amount: number, unit: string | undefined): Pick<ParsedThreshold, 'bound' | 'boundUnit'> {
  if (unit === undefined) return { bound: amount }
  if (unit === '%') return { bound: amount / 100, boundUnit: 'percent' }
  return { bound: amount * (MILLIS_OF[unit] ?? 1), boundUnit: 'time' }
}

function at(cursor: Cursor): string {
  return cursor.rest === '' ? '' : `, got "${cursor.rest}"`
}

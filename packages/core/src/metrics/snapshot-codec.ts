import type { HealthReading, SeriesDelta, Snapshot } from '../model/snapshot.ts'
import { compress } from './hdr-encoding.ts'
import { checkedHistogram } from './histogram.ts'

/** A snapshot as one line of JSON, without the line's end; histograms are compressed HDR V2 in base64. */
export function encodeSnapshot(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, series: snapshot.series.map(written) })
}

function written(delta: SeriesDelta): object {
  if (delta.type !== 'trend') return delta
  return { ...delta, histogram: Buffer.from(compress(delta.histogram)).toString('base64') }
}

/** What a line holds, or why it cannot be read. */
export type DecodedSnapshot = { readonly snapshot: Snapshot } | { readonly problem: string }

/** Reads a line of `encodeSnapshot`. Fields it does not know are no problem. Never throws. */
export function decodeSnapshot(line: string): DecodedSnapshot {
  try {
    const raw: unknown = JSON.parse(line)
    if (!isSnapshot(raw)) return { problem: 'is no snapshot' }
    const { health } = raw
    const snapshot = { ...raw, series: raw.series.map(readDelta) }
    return { snapshot: health === undefined ? snapshot : { ...snapshot, health: readHealth(health) } }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * The snapshots of a file, line by line, each with the number of its line. Lines that cannot be read come as
 * why: a run that was killed ends in the middle of one.
 */
export async function* readSnapshots(
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<DecodedSnapshot & { readonly line: number }> {
  let line = 0
  for await (const text of lines) {
    line++
    if (text.trim() !== '') yield { ...decodeSnapshot(text), line }
  }
}

type Fields = Readonly<Record<string, unknown>>
type Raw = Omit<Snapshot, 'series'> & { readonly series: readonly unknown[] }

function isSnapshot(raw: unknown): raw is Raw {
  if (!isObject(raw)) return false
  const numbers = ['shard', 'second', 'from', 'to', 'foldedTagSets'].map((name) => raw[name])
  const lists = ['series', 'errors', 'scenarios'].map((name) => raw[name])
  return (
    numbers.every((value) => typeof value === 'number') &&
    lists.every((value) => Array.isArray(value) && value.every(isObject)) &&
    ['health', 'process'].every((name) => raw[name] === undefined || isObject(raw[name]))
  )
}

/** Older versions did not know how late an event loop was by bucket. @throws TypeError where it is no reading. */
function readHealth(reading: HealthReading): HealthReading {
  const { delays, lags, ...rest }: Partial<HealthReading> = reading
  if ([delays, lags].some((counts) => counts !== undefined && !isCounts(counts)))
    throw new TypeError('has a look at itself that is none')
  return { ...NO_READING, ...rest, delays: delays ?? [], lags: lags ?? [] }
}

/** What a reading says that lacks all it should have. */
const NO_READING: Omit<HealthReading, 'delays' | 'lags'> = {
  cpu: 0,
  loopUtilization: 0,
  loopDelayMax: 0,
  lagMax: 0,
  gcPauseMax: 0,
  gcTime: 0,
  heap: 0,
  contentFrames: 0,
  coalescedFrames: 0,
}

function isCounts(value: unknown): boolean {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2)
}

/** The numbers each type of delta must have. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  counter: ['sum'],
  rate: ['passes', 'fails'],
  gauge: ['last', 'min', 'max'],
  trend: ['count', 'sum', 'min', 'max', 'clamped'],
}

function readDelta(raw: unknown): SeriesDelta {
  if (!isObject(raw) || typeof raw['metric'] !== 'string' || !isObject(raw['tags']))
    throw new TypeError('has a series without a name or tags')
  const numbers = NUMBERS[String(raw['type'])]
  if (numbers === undefined || numbers.some((name) => typeof raw[name] !== 'number'))
    throw new TypeError(`has a series of ${raw['metric']} that is no ${Object.keys(NUMBERS).join(', ')}`)
  if (raw['type'] !== 'trend') return raw as SeriesDelta
  const histogram = checkedHistogram(new Uint8Array(Buffer.from(String(raw['histogram']), 'base64')))
  return { ...raw, histogram } as SeriesDelta
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

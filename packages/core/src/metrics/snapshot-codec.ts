import type { SeriesDelta, Snapshot } from '../model/snapshot.ts'
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
    return { snapshot: { ...raw, series: raw.series.map(readDelta) } }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * The snapshots of a file, line by line. Lines that cannot be read are told to `report` and left
 * out: a run that was killed ends in the middle of one.
 */
export async function* readSnapshots(
  lines: AsyncIterable<string> | Iterable<string>,
  report: (problem: string) => void,
): AsyncGenerator<Snapshot> {
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '') continue
    const decoded = decodeSnapshot(line)
    if ('snapshot' in decoded) yield decoded.snapshot
    else report(`line ${number}: ${decoded.problem}`)
  }
}

type Fields = Readonly<Record<string, unknown>>
type Raw = Omit<Snapshot, 'series'> & { readonly series: readonly unknown[] }

function isSnapshot(raw: unknown): raw is Raw {
  if (!isObject(raw)) return false
  const numbers = ['shard', 'second', 'from', 'to', 'foldedTagSets'].map((name) => raw[name])
  const lists = ['series', 'errors', 'scenarios'].map((name) => raw[name])
  return numbers.every((value) => typeof value === 'number') && lists.every((value) => Array.isArray(value))
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

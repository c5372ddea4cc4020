/** Headers of an answer: names in lower case, repeated ones joined by `, `. */
export type Headers = Readonly<Record<string, string>>

interface KnownHead {
  /** From the first name to the end of the last value, as they were sent. */
  readonly bytes: Buffer
  readonly fields: number
  readonly headers: Headers
  /** Heads of this length that were others, since one was alike. */
  others: number
}

/** So many others, with none alike between them, are read without being kept: a server may give each answer an id. */
const OTHERS = 16
/** Heads of other lengths than these take the place of an earlier one. */
const MOST_HEADS = 64
/** Longer ones are rare, and differ. */
const LONGEST_HEAD = 4_096
/** Between name and value, and between two fields. */
const SEPARATOR = 2

const known = new Map<number, KnownHead>()
const shared = new WeakSet<Headers>()

/** Whether these may be the headers of other answers too. */
export function isShared(headers: Headers): boolean {
  return shared.has(headers)
}

/**
 * Reads the fields of a head: name, value, name, value. Most servers send the same head again and again,
 * but for the second in `date`; one that is known by its bytes is not read again, and what it gives is one
 * object for all alike, frozen as all of them are: reading a head is a tenth of what a plain request costs.
 */
export function readHeaders(fields: readonly Buffer[]): Headers {
  const bytes = together(fields)
  if (bytes === undefined) return headersOf(fields)
  const last = known.get(bytes.length)
  if (last !== undefined && last.fields === fields.length && last.bytes.equals(bytes)) {
    last.others = 0
    return last.headers
  }
  if (last !== undefined && (last.others += 1) < OTHERS) return headersOf(fields)
  const headers = headersOf(fields)
  shared.add(headers)
  if (last === undefined && known.size >= MOST_HEADS) known.clear()
  known.set(bytes.length, { bytes: Buffer.from(bytes), fields: fields.length, headers, others: 0 })
  return headers
}

/** All fields as the one piece of memory that they are, unless the head was cut or is written in another way. */
function together(fields: readonly Buffer[]): Buffer | undefined {
  const first = fields[0]
  const last = fields[fields.length - 1]
  if (first === undefined || last === undefined || first.buffer !== last.buffer) return undefined
  let length = (fields.length - 1) * SEPARATOR
  for (const field of fields) length += field.length
  if (length > LONGEST_HEAD || last.byteOffset + last.length - first.byteOffset !== length) return undefined
  return Buffer.from(first.buffer, first.byteOffset, length)
}

function headersOf(fields: readonly Buffer[]): Headers {
  const headers: Record<string, string> = {}
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = nameOf(fields[index])
    const value = String(fields[index + 1])
    const earlier = headers[name]
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`
  }
  return Object.freeze(headers)
}

/** Names in lower case, as they were written: a string that is known is worth most of what reading a head costs. */
const NAMES = new Map<string, string>()
/** More than servers have names for. */
const MOST_NAMES = 1_000

function nameOf(raw: Buffer | undefined): string {
  const written = raw?.toString('latin1') ?? ''
  const name = NAMES.get(written)
  if (name !== undefined) return name
  const lower = written.toLowerCase()
  if (NAMES.size < MOST_NAMES) NAMES.set(written, lower)
  return lower
}

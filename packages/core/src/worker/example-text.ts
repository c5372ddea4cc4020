import { isSecretName } from '../model/secret-name.ts'

/** Characters of an example, as a terminal and a report can show it. */
const LONGEST = 200
/** Of one text within it. */
const LONGEST_TEXT = 80
const MOST_ITEMS = 5
const DEEPEST = 4

const HIDDEN = '[removed]'
/** Of loadbench's own results: no secret. */
const OWN_NAMES = ['tokenSource']
/** A credential as it stands in a header. */
const CREDENTIAL = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi

/** A field of JSON; its value may have been cut. */
const SECRET_FIELD = /"([\w-]+)"(\s*:\s*)"(?:[^"\\]|\\.)*(?:"|$)/g

/**
 * A value of a script as short JSON: what is empty is left out, long texts and lists are cut, values of
 * secret-looking names are gone. Never throws, and looks at no more of a value than it shows.
 */
export function exampleText(value: unknown): string {
  let text: string
  try {
    // With spaces, so that it can be broken into lines.
    text = (JSON.stringify(shortened(value, 0), undefined, 1) ?? String(value)).replaceAll(/\n\s*/g, ' ')
  } catch {
    // A getter or toJSON() of the script's own threw.
    text = `(${typeof value} that cannot be shown)`
  }
  const clean = text.replaceAll(CREDENTIAL, `$1 ${HIDDEN}`)
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST - 1)}…` : clean
}

function shortened(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortText(value)
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (depth >= DEEPEST) return '…'
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item: unknown) => shortened(item, depth + 1))
    return value.length > MOST_ITEMS ? [...items, `… ${value.length} in all`] : items
  }
  return fieldsOf(value, depth)
}

/** Text may be JSON itself: the answer to a login. */
function shortText(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text
  return short.replaceAll(SECRET_FIELD, (field, name: string, colon: string) =>
    isSecretName(name) ? `"${name}"${colon}"${HIDDEN}"` : field,
  )
}

/** The headers of an answer stand last: they would crowd out what went wrong. */
function fieldsOf(value: object, depth: number): object {
  const fields: [string, unknown][] = []
  for (const [name, field] of Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b))) {
    if (isSecretName(name) && !OWN_NAMES.includes(name) && typeof field === 'string')
      fields.push([name, HIDDEN])
    else if (!isEmpty(field)) fields.push([name, shortened(field, depth + 1)])
  }
  return Object.fromEntries(fields)
}

function rank(name: string): number {
  if (name === 'error') return -1
  return name === 'headers' || name === 'timings' ? 1 : 0
}

function isEmpty(value: unknown): boolean {
  if (value === '' || value === undefined || typeof value === 'function') return true
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Error) &&
    Object.keys(value).length === 0
  )
}

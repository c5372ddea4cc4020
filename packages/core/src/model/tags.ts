/**
 * Low-cardinality labels of a sample. Each combination of values is a series of its own, so request
 * ids, prompts and the like belong into the sample file, not here.
 */
export type Tags = Readonly<Record<string, string>>

/** The key under which equal tag sets meet, whatever order their tags were written in. */
export function tagKey(tags: Tags): string {
  return Object.keys(tags)
    .toSorted()
    .map((name) => `${name}\u0001${tags[name]}`)
    .join('\u0000')
}

/**
 * Tags whose series stand apart: they hold values that must not mix into the plain metric, and are
 * seen only by a selector that names the tag. `outcome=broken` keeps the `ttft` of streams that
 * broke after their first token.
 */
const APART: readonly string[] = ['outcome']

/** Tags that say where a sample belongs, or what became of it: a script's own value would hide it from its metric. */
export const RESERVED_TAGS: readonly string[] = ['scenario', 'group', 'outcome', 'error', 'token_source']

/** Whether a series with `tags` belongs to what `selector` asks for (equality on every named tag). */
export function matches(tags: Tags, selector: Tags): boolean {
  for (const name in selector) if (tags[name] !== selector[name]) return false
  for (const name of APART) if (name in tags && !(name in selector)) return false
  return true
}

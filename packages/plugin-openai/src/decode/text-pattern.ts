import type { Part, TextPattern } from 'loadbench/plugin'

/** Written alike by every server: none of it is ever escaped. */
const PLAIN = /^[A-Za-z0-9 .,]+$/

/**
 * What all of an answer's frames but the first and the last look like, learnt from one of them: equal byte for byte
 * up to the text and from its end. What was parsed once means the same again. Frames that differ in anything else,
 * such as a running count, are not of this pattern.
 * @param parts what parsing found in the frame.
 */
export function textPatternOf(data: string, parts: readonly Part[]): TextPattern | undefined {
  const [part] = parts
  if (parts.length !== 1 || part === undefined) return undefined
  if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') return undefined
  if (part.tokens !== undefined || !PLAIN.test(part.text)) return undefined
  const written = `"${part.text}"`
  const at = data.indexOf(written)
  // Where the same stands twice, it is not known which of them is the text.
  if (at < 0 || data.includes(written, at + 1)) return undefined
  return { type: part.type, before: data.slice(0, at + 1), after: data.slice(at + written.length - 1) }
}

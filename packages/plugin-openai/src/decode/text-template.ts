import type { Part } from 'loadbench/plugin'

type Delta = Extract<Part, { type: 'text-delta' | 'reasoning-delta' }>

/** Written alike by every server: none of it is ever escaped. */
const PLAIN = /^[A-Za-z0-9 .,]+$/
/** What a JSON string cannot hold as it is. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const ESCAPED = /["\\\u0000-\u001f]/
/** From here on V8 keeps a slice as a window on the whole frame, which would stay in memory with it. */
const LONGEST = 12
/** Frames to learn from before the server counts as one that writes each frame otherwise. */
const MOST_LESSONS = 4

/**
 * The frame that all of an answer's frames but the first and the last look like: equal byte for byte up to
 * the text and from its end. What was parsed once means the same again, so of such frames the text alone is
 * read, which takes half the time over a whole answer and leaves no objects behind. Frames that differ in
 * anything else, such as a running count, are not of this kind, and are parsed.
 */
export class TextTemplate {
  #type: Delta['type'] = 'text-delta'
  #before = ''
  #after = ''
  #lessons = 0

  /** The one part of a frame like the one learnt; `undefined` for any other frame. */
  read(data: string): Delta | undefined {
    const start = this.#before.length
    const end = data.length - this.#after.length
    if (start === 0 || end <= start || end - start > LONGEST) return undefined
    if (!data.startsWith(this.#before) || !data.endsWith(this.#after)) return undefined
    const text = data.slice(start, end)
    return ESCAPED.test(text) ? undefined : { type: this.#type, text }
  }

  /** @param parts what parsing found in the frame. */
  learn(data: string, parts: readonly Part[]): void {
    const [part] = parts
    if (this.#lessons === MOST_LESSONS || parts.length !== 1 || part === undefined) return
    if (part.type !== 'text-delta' && part.type !== 'reasoning-delta') return
    if (part.tokens !== undefined || !PLAIN.test(part.text)) return
    this.#lessons += 1
    const written = `"${part.text}"`
    const at = data.indexOf(written)
    // Where the same stands twice, it is not known which of them is the text.
    if (at < 0 || data.includes(written, at + 1)) return
    this.#type = part.type
    this.#before = data.slice(0, at + 1)
    this.#after = data.slice(at + written.length - 1)
  }
}

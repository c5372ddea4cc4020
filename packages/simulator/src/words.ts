import { pick, type Random } from './random.ts'

/** What the simulator says, over and over: plain sentences, one token a word. */
const TEXT = `
The sky looks blue because air scatters short waves of light more than long ones.
Most of the light that reaches us from the side of the sky has been turned around by air on its way.
In the evening the sun stands low, and its light has to cross far more air than it does at noon.
Then little of the blue is left, and what arrives is yellow, orange and red.
A cloud is white because its drops are large enough to scatter every colour alike.
Seen from a high mountain the sky is darker, for there is less air above to scatter anything.
On the moon, which has no air at all, the sky is black even in full sunlight.
Water has a colour of its own too, but it is faint and shows only where the water is deep.
Dust and smoke change the picture: their grains are larger and give the sky a milky look.
Rain washes them out, and so the clearest blue is often seen just after a storm.
Our eyes add their part, since they answer to blue more readily than to violet.
Anyone can see the effect at home with a glass of water, a few drops of milk and a lamp.`

const WORDS: readonly string[] = TEXT.trim()
  .split(/\s+/)
  .map((word) => ` ${word}`)

/** Where sentences start. */
const STARTS: readonly number[] = WORDS.flatMap((_, at) =>
  at === 0 || WORDS[at - 1]?.endsWith('.') ? [at] : [],
)

/** So many words from the start of some sentence on; their tokens joined give readable text. */
export function speak(count: number, random: Random): string[] {
  const start = STARTS[pick(STARTS.length, random)] ?? 0
  const tokens = repeat(WORDS, count, start)
  if (tokens[0] !== undefined) tokens[0] = tokens[0].trimStart()
  return tokens
}

/** The number of a token in a vocabulary that is as large as common ones: the same for the same text. */
export function tokenId(token: string): number {
  let hash = 0
  for (let at = 0; at < token.length; at++) hash = (Math.imul(hash, 31) + token.charCodeAt(at)) >>> 0
  return hash % 128_000
}

/** How likely the model says it found a token: the same for the same text. */
export function logprobOf(token: string): number {
  return -(tokenId(token) % 200) / 100
}

/** The `n`th of all words, round and round. */
export function wordAt(n: number): string {
  return WORDS[n % WORDS.length] ?? ''
}

/** The tokens of a given text: its words, each with the white space before it. Joined they are `text`. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? []
}

/** So many of `tokens`, from `start` on and round again. */
export function repeat(tokens: readonly string[], count: number, start = 0): string[] {
  if (tokens.length === 0) return []
  return Array.from({ length: count }, (_, at) => tokens[(start + at) % tokens.length] as string)
}

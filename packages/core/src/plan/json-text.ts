/** JSON text read, or what is wrong with it and where: `offset` characters from its start. */
type JsonReading = { readonly value: unknown } | { readonly problem: string; readonly offset: number }

/** Reads JSON text. Never throws. */
export function readJson(text: string): JsonReading {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (error) {
    const { message } = error as SyntaxError
    // What V8 says, without its own account of the place.
    const problem = message.replace(/, (?:\.{3})?".*is not valid JSON$|(?: in JSON)? at position .*$/s, '')
    return { problem, offset: offsetOf(message, text) }
  }
}

/** V8 tells the place of most errors, but not that of a token it did not expect. */
function offsetOf(message: string, text: string): number {
  const told = /at position (\d+)/.exec(message)?.[1]
  if (told !== undefined) return Number(told)
  return message.startsWith('Unexpected token') ? unexpectedToken(text) : text.length
}

/** The token stands at the end of the shortest beginning of the text that has the same error. */
function unexpectedToken(text: string): number {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const reading = readProblem(text.slice(0, middle))
    if (reading?.startsWith('Unexpected token')) high = middle
    else low = middle + 1
  }
  return Math.max(0, low - 1)
}

function readProblem(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return (error as SyntaxError).message
  }
}

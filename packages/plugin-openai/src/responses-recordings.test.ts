import type { Frame, Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, STREAM } from './__fixtures__/feed.ts'
import {
  bodyOf,
  endOfFrame,
  fixturesWith,
  framesOf,
  readByteByByte,
  recordingsWith,
  RESPONSES_ROUTE,
} from './__fixtures__/recordings.ts'
import { openaiResponsesPlugin } from './plugin.ts'

/** Written by hand, and not JSON. */
const BROKEN = 'openai--parallel-tool-call-wrapper.1.chunks.txt'

describe.each(fixturesWith(RESPONSES_ROUTE))('$name', ({ file }) => {
  holdsToItsOwnSummary(file)
})

const recordings = recordingsWith(RESPONSES_ROUTE, ['openai', 'dialects'])?.filter(
  ({ name }) => name !== BROKEN,
)
describe.each(recordings ?? [])('recording $name', ({ file }) => {
  holdsToItsOwnSummary(file)
})
it.skipIf(recordings === undefined)('the complete set was found', () => {
  expect(recordings?.length).toBeGreaterThan(20)
})

/** The deltas have to add up to the response that the last event repeats. */
function holdsToItsOwnSummary(file: string): void {
  const frames = framesOf(file)

  it('its pieces add up to what its last event holds', () => {
    const decode = openaiResponsesPlugin().decoder(STREAM, CHAT)
    const parts = frames.flatMap((frame) => decode(frame))
    const { response } = eventOf(frames.at(-1))
    expect(parts.filter((part) => part.type === 'error')).toEqual([])
    expect(readParts(parts)).toEqual(readResponse(response))
  })

  it('read byte by byte it holds the same, and has ended only once the event that says so came', () => {
    const body = bodyOf(file)
    const [first, last] = endOfFrame(body, frames.at(-1)?.data ?? '')
    const { parts, endsAfter } = readByteByByte(openaiResponsesPlugin(), CHAT, body)
    const decode = openaiResponsesPlugin().decoder(STREAM, CHAT)
    expect(parts).toEqual(frames.flatMap((frame) => decode(frame)))
    expect(endsAfter).toBeGreaterThanOrEqual(first)
    expect(endsAfter).toBeLessThanOrEqual(last)
  })
}

interface Reading {
  text: string
  reasoning: string
  tools: Record<number, string>
  finish: string
  usage: Partial<Part>
}

function readParts(parts: readonly Part[]): Reading {
  const reading: Reading = { text: '', reasoning: '', tools: {}, finish: '', usage: {} }
  for (const part of parts) {
    if (part.type === 'text-delta') reading.text += part.text
    if (part.type === 'reasoning-delta') reading.reasoning += part.text
    if (part.type === 'tool-delta') {
      const { index, id = '', name = '', arguments: written } = part
      reading.tools[index] = (reading.tools[index] ?? '') + id + name + written
    }
    if (part.type === 'usage') reading.usage = part
    if (part.type === 'finish') reading.finish = part.reason
  }
  return reading
}

interface Piece {
  text: string
}
interface Item {
  type: string
  id?: string
  call_id?: string
  name?: string
  arguments?: string
  input?: string
  code?: string
  operation?: { diff?: string }
  content?: Piece[]
  summary?: Piece[]
}
interface Recorded {
  status: string
  output: Item[]
  usage: {
    input_tokens: number
    output_tokens: number
    input_tokens_details: { cached_tokens: number }
    output_tokens_details: { reasoning_tokens: number }
  }
}

function readResponse({ status, output, usage }: Recorded): Reading {
  const textOf = (type: string) =>
    output
      .filter((item) => item.type === type)
      .flatMap((item) => [...(item.content ?? []), ...(item.summary ?? [])])
      .map((piece) => piece.text)
      .join('')
  return {
    text: textOf('message'),
    reasoning: textOf('reasoning'),
    tools: Object.fromEntries(
      output.flatMap((item, place): [number, string][] => {
        const { type, id, call_id: callId, name, input, code, operation, arguments: written } = item
        const said = written ?? input ?? code ?? operation?.diff ?? JSON.stringify(operation)
        // The search for tools is the server's own, and not written by the model as text.
        if (said === undefined || type === 'tool_search_call') return []
        return [[place, `${callId ?? id ?? ''}${name ?? type.replace('_call', '')}${said}`]]
      }),
    ),
    finish: status,
    usage: {
      type: 'usage',
      inputTokens: usage.input_tokens,
      outputTokens: usage.output_tokens,
      reasoningTokens: usage.output_tokens_details.reasoning_tokens,
      cachedTokens: usage.input_tokens_details.cached_tokens,
    },
  }
}

function eventOf(frame: Frame | undefined): { response: Recorded } {
  return JSON.parse(frame?.data ?? '{}') as { response: Recorded }
}

import type { Frame, Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, feedFrames } from './__fixtures__/feed.ts'
import {
  bodyOf,
  CALLS_ROUTES,
  endOfFrame,
  fixturesWith,
  framesOf,
  readByteByByte,
  recordingsWith,
} from './__fixtures__/recordings.ts'
import { openaiPlugin } from './plugin.ts'

/** What an answer holds, however it was read. */
interface Reading {
  text: string
  reasoning: string
  tools: Record<number, string>
  finish: string | undefined
  inputTokens: number | undefined
  outputTokens: number | undefined
}

describe.each(fixturesWith(CALLS_ROUTES))('$name', ({ file }) => {
  holdsToTheNaiveReading(file)
})

const recordings = recordingsWith(CALLS_ROUTES, ['openai', 'groq', 'ollama', 'dialects'])
describe.each(recordings ?? [])('recording $name', ({ file }) => {
  holdsToTheNaiveReading(file)
})
it.skipIf(recordings === undefined)('the complete set was found', () => {
  expect(recordings?.length).toBeGreaterThan(50)
})

function holdsToTheNaiveReading(file: string): void {
  const frames = framesOf(file)
  const call = objectsIn(frames).some(({ object }) => object === 'text_completion') ? COMPLETION : CHAT
  const expected = readNaively(frames)

  it('decodes to what it holds, without an error', () => {
    const parts = feedFrames(frames, { call })
    expect(parts.filter((part) => part.type === 'error')).toEqual([])
    expect(readParts(parts)).toEqual(expected)
    expect(expected.finish).toMatch(/./)
  })

  it('read byte by byte it holds the same, and has ended only once the frame that says so came', () => {
    const ending = frames.find((frame) => objectsIn([frame]).some(finishOf))
    const body = bodyOf(file)
    const [first, last] = endOfFrame(body, ending?.data ?? '')
    const { parts, endsAfter } = readByteByByte(openaiPlugin(), call, body)
    expect(parts).toEqual(feedFrames(frames, { call }))
    expect(endsAfter).toBeGreaterThanOrEqual(first)
    expect(endsAfter).toBeLessThanOrEqual(last)
  })
}

function readParts(parts: readonly Part[]): Reading {
  const reading = emptyReading()
  for (const part of parts) {
    if (part.type === 'text-delta') reading.text += part.text
    if (part.type === 'reasoning-delta') reading.reasoning += part.text
    if (part.type === 'tool-delta')
      addTool(reading, part.index, part.id ?? '', part.name ?? '', part.arguments)
    if (part.type === 'finish') reading.finish = part.reason
    if (part.type === 'usage') {
      reading.inputTokens = part.inputTokens
      reading.outputTokens = part.outputTokens
    }
  }
  return reading
}

/** The same from the JSON itself, trusting it. One choice, as all recordings have. */
function readNaively(frames: readonly Frame[]): Reading {
  const reading = emptyReading()
  for (const object of objectsIn(frames)) {
    const [choice] = object.choices ?? []
    const delta = choice?.delta
    for (const piece of piecesOf(choice?.text ?? delta?.content ?? '')) {
      if (piece.type === 'thinking')
        reading.reasoning += piece.thinking?.map(({ text }) => text).join('') ?? ''
      else reading.text += piece.text
    }
    reading.reasoning += delta?.reasoning_content ?? delta?.reasoning ?? ''
    for (const { index, id, function: called } of delta?.tool_calls ?? []) {
      addTool(reading, index, id ?? '', called.name ?? '', called.arguments)
    }
    reading.finish = finishOf(object) ?? reading.finish
    const usage = object.usage ?? object.x_groq?.usage
    if (!usage) continue
    reading.inputTokens = usage.prompt_tokens
    // True of every provider, whether or not its completion tokens hold the reasoning.
    reading.outputTokens = usage.total_tokens - usage.prompt_tokens
  }
  return reading
}

interface Piece {
  type: string
  text?: string
  thinking?: { text: string }[]
}

interface Recorded {
  object: string
  choices?: {
    finish_reason?: string | null
    text?: string
    delta?: {
      content?: string | Piece[] | null
      reasoning?: string | null
      reasoning_content?: string | null
      tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[]
    }
  }[]
  usage?: { prompt_tokens: number; total_tokens: number } | null
  x_groq?: { usage?: { prompt_tokens: number; total_tokens: number } }
}

function emptyReading(): Reading {
  return {
    text: '',
    reasoning: '',
    tools: {},
    finish: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
  }
}

function addTool(reading: Reading, index: number, id: string, name: string, text: string): void {
  reading.tools[index] = `${reading.tools[index] ?? ''}${id}${name}${text}`
}

function piecesOf(content: string | Piece[]): Piece[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function finishOf(object: Recorded): string | undefined {
  return object.choices?.[0]?.finish_reason ?? undefined
}

function objectsIn(frames: readonly Frame[]): Recorded[] {
  return frames.filter(({ data }) => data !== '[DONE]').map(({ data }) => JSON.parse(data) as Recorded)
}

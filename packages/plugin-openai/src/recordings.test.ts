import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createParser } from 'eventsource-parser'
import type { Frame, Part } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { CHAT, COMPLETION, feedFrames, STREAM } from './__fixtures__/feed.ts'
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

const FIXTURES = join(import.meta.dirname, '__fixtures__')
const ALL = process.env['LOADBENCH_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings')
const COMPLETE_SET = ['openai', 'groq', 'ollama', 'dialects']

describe.each(filesOf(FIXTURES))('$name', ({ file }) => {
  holdsToTheNaiveReading(file)
})

if (existsSync(ALL)) {
  const files = COMPLETE_SET.flatMap((folder) => filesOf(join(ALL, folder)))
  describe.each(files)('recording $name', ({ file }) => {
    holdsToTheNaiveReading(file)
  })
  it('the complete set was found', () => {
    expect(files.length).toBeGreaterThan(50)
  })
} else {
  const message = `the complete set of recordings is not at ${ALL}; LOADBENCH_RECORDINGS may name its place`
  console.warn(`SKIPPED: ${message}`)
  it.skip(message)
}

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

  it('cut after any frame, it has finished only if the finish frame came', () => {
    const ending = frames.findIndex((frame) => objectsIn([frame]).some(finishOf))
    const decode = openaiPlugin().decoder(STREAM, call)
    const finishes = frames.map((frame) => decode(frame).some((part) => part.type === 'finish'))
    expect(finishes.indexOf(true)).toBe(ending)
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

/** SSE as it was on the wire; JSON lines were unpacked by those who recorded them. */
function framesOf(file: string): Frame[] {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('.sse')) return linesOf(text).map((data) => ({ data }))
  const frames: Frame[] = []
  createParser({ onEvent: (event) => frames.push(event) }).feed(text)
  return frames
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}

/** The recordings of chat completions and completions. Those of other routes and providers lie beside them. */
function filesOf(folder: string): { name: string; file: string }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sse') || name.endsWith('.chunks.txt'))
    .map((name) => ({ name, file: join(folder, name) }))
    .filter(({ file }) =>
      /"object": ?"(chat\.completion\.chunk|text_completion)"/.test(readFileSync(file, 'utf8')),
    )
}

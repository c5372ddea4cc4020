import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { framerFor, type Call, type Part } from 'loadbench/plugin'
import { decodeResponse } from 'loadbench/testing'
import { describe, expect, it } from 'vitest'
import { converseStream, invokeStream, messagesOf } from './__fixtures__/frames.ts'
import { chatWith, STREAM } from './__fixtures__/recorded.ts'
import { bedrockPlugin } from './plugin.ts'

/** A recorded stream. */
interface Recording {
  readonly name: string
  readonly body: Uint8Array
  readonly model: string
}

/** What an answer holds, however it was read. */
interface Reading {
  text: string
  reasoning: string
  tools: string[]
  finish: string | undefined
  inputTokens: number | undefined
  outputTokens: number | undefined
  latency: number | undefined
}

const FIXTURES = join(import.meta.dirname, '__fixtures__')
const ALL = process.env['LOADBENCH_RECORDINGS'] ?? join(import.meta.dirname, '../../../../shared/recordings')

const FIXTURE_MODELS: Readonly<Record<string, string>> = {
  claude: 'anthropic.claude-v2',
  nova: 'amazon.nova-micro-v1:0',
  titan: 'amazon.titan-text-lite-v1',
}

describe.each(fixtures())('$name', (recording) => holdsToTheNaiveReading(recording))

if (existsSync(ALL)) {
  const found = [...recordings(join(ALL, 'bedrock')), ...dialects(join(ALL, 'dialects'))]
  describe.each(found)('recording $name', (recording) => holdsToTheNaiveReading(recording))
  it('the complete set was found', () => {
    expect(found.length).toBeGreaterThan(30)
  })
} else {
  const message = `the complete set of recordings is not at ${ALL}; LOADBENCH_RECORDINGS may name its place`
  console.warn(`SKIPPED: ${message}`)
  it.skip(message)
}

function holdsToTheNaiveReading({ body, model }: Recording): void {
  const byInvoke = messagesOf(body).every(({ event }) => event === 'chunk')
  const plugin = bedrockPlugin({ api: byInvoke ? 'invoke' : 'converse' })
  const call: Call = chatWith(model)

  it('decodes to what it holds', () => {
    const { parts, faults } = decodeResponse(plugin, STREAM, [body], call)
    expect(faults).toEqual([])
    const expected = readNaively(body)
    expect(readParts(parts)).toEqual(expected)
    expect(expected.finish).toMatch(/./)
    const guarded = expected.finish === 'guardrail_intervened' || readsAction(body)
    expect(parts.filter(({ type }) => type === 'error')).toHaveLength(guarded ? 1 : 0)
  })

  it('one byte at a time, says the same, and finishes with the last byte of its terminal mark', () => {
    const parts: Part[] = []
    const decode = plugin.decoder(STREAM, call)
    const framer = framerFor(plugin.framing(STREAM), {
      emit: (frame) => void parts.push(...decode(frame)),
      fault: expect.unreachable,
    })
    let finishedAt = -1
    for (const [at, byte] of body.entries()) {
      framer.push(Uint8Array.of(byte))
      if (finishedAt < 0 && parts.some(({ type }) => type === 'finish')) finishedAt = at + 1
    }
    expect(parts).toEqual(decodeResponse(plugin, STREAM, [body], call).parts)
    expect(finishedAt).toBe(terminalEnd(body))
  })
}

function readParts(parts: readonly Part[]): Reading {
  const reading = emptyReading()
  for (const part of parts) {
    if (part.type === 'text-delta') reading.text += part.text
    if (part.type === 'reasoning-delta') reading.reasoning += part.text
    if (part.type === 'tool-delta') {
      const so = reading.tools[part.index] ?? ''
      reading.tools[part.index] = `${so}${part.id ?? ''}${part.name ?? ''}${part.arguments}`
    }
    if (part.type === 'finish') reading.finish = part.reason
    if (part.type === 'usage') {
      reading.inputTokens = part.inputTokens ?? reading.inputTokens
      reading.outputTokens = part.outputTokens ?? reading.outputTokens
    }
    if (part.type === 'server-timing') reading.latency = part.total
  }
  return reading
}

/** Whatever of these a stream has, it is read by name: no family has another's. */
interface Recorded {
  contentBlockStart?: { start: { toolUse: { toolUseId: string; name: string } } }
  contentBlockDelta?: {
    delta: { text?: string; toolUse?: { input: string }; reasoningContent?: { text?: string } }
  }
  messageStop?: { stopReason: string }
  metadata?: { usage: { inputTokens: number; outputTokens: number }; metrics?: { latencyMs?: number } }
  type?: string
  delta?: {
    text?: string
    stop_reason?: string
    finish_reason?: string
    usage?: { tokens: { input_tokens: number; output_tokens: number } }
    message?: {
      tool_plan?: string
      tool_calls?: { id?: string; function?: { name?: string; arguments: string } }
    }
  }
  outputText?: string
  completionReason?: string
  'amazon-bedrock-guardrailAction'?: string
  'amazon-bedrock-invocationMetrics'?: {
    inputTokenCount: number
    outputTokenCount: number
    invocationLatency: number
  }
}

/** The same from the JSON itself, trusting it. */
function readNaively(body: Uint8Array): Reading {
  const reading = emptyReading()
  for (const { contentBlockDelta: block, contentBlockStart: start, metadata, ...one } of objectsOf(body)) {
    reading.text += block?.delta.text ?? one.delta?.text ?? one.outputText ?? ''
    reading.reasoning += block?.delta.reasoningContent?.text ?? one.delta?.message?.tool_plan ?? ''
    const use = start?.start.toolUse
    const called = one.delta?.message?.tool_calls
    if (use !== undefined) reading.tools.push(use.toolUseId + use.name)
    else if (called?.id !== undefined) reading.tools.push(`${called.id}${called.function?.name}`)
    const last = reading.tools.length - 1
    const written = block?.delta.toolUse?.input ?? called?.function?.arguments
    if (written !== undefined) reading.tools[last] += written
    reading.finish =
      one.messageStop?.stopReason ??
      one.delta?.stop_reason ??
      one.delta?.finish_reason ??
      one.completionReason ??
      reading.finish
    const metrics = one['amazon-bedrock-invocationMetrics']
    const tokens = one.delta?.usage?.tokens
    reading.inputTokens =
      metadata?.usage.inputTokens ?? metrics?.inputTokenCount ?? tokens?.input_tokens ?? reading.inputTokens
    reading.outputTokens =
      metadata?.usage.outputTokens ??
      metrics?.outputTokenCount ??
      tokens?.output_tokens ??
      reading.outputTokens
    reading.latency = metadata?.metrics?.latencyMs ?? metrics?.invocationLatency ?? reading.latency
  }
  return reading
}

function emptyReading(): Reading {
  return {
    text: '',
    reasoning: '',
    tools: [],
    finish: undefined,
    inputTokens: undefined,
    outputTokens: undefined,
    latency: undefined,
  }
}

/** Every message as the JSON that counts, in one form: that of a chunk decoded, or an event under its name. */
function objectsOf(body: Uint8Array): Recorded[] {
  return messagesOf(body).map(({ event, payload }) => {
    if (event !== 'chunk') return { [event]: payload }
    return JSON.parse(Buffer.from(String(payload['bytes']), 'base64').toString('utf8')) as Recorded
  })
}

function readsAction(body: Uint8Array): boolean {
  return objectsOf(body).some((one) => one['amazon-bedrock-guardrailAction'] === 'INTERVENED')
}

/** Where the message with the terminal mark ends. */
function terminalEnd(body: Uint8Array): number {
  const objects = objectsOf(body)
  const place = objects.findIndex(
    ({ messageStop, type, completionReason }) =>
      messageStop !== undefined || type === 'message_stop' || type === 'message-end' || completionReason,
  )
  let end = 0
  for (let index = 0; index <= place; index += 1) end += Buffer.from(body).readUInt32BE(end)
  return end
}

function fixtures(): Recording[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.endsWith('.bin'))
    .map((name) => {
      const maker = Object.keys(FIXTURE_MODELS).find((each) => name.includes(each)) ?? ''
      return { name, body: readFileSync(join(FIXTURES, name)), model: FIXTURE_MODELS[maker] ?? 'm' }
    })
}

function recordings(folder: string): Recording[] {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as {
    file: string
    uri: string
  }[]
  return index.map(({ file, uri }) => ({
    name: file,
    body: readFileSync(join(folder, file)),
    model: decodeURIComponent(/\/model\/([^/]+)\//.exec(uri)?.[1] ?? ''),
  }))
}

/** JSON lines, unpacked by those who recorded them, become a stream again. */
function dialects(folder: string): Recording[] {
  return readdirSync(folder)
    .filter((name) => /^(amazon-bedrock|cohere)--.*\.txt$/.test(name))
    .map((name) => {
      const lines = readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      const body = name.startsWith('cohere')
        ? invokeStream(lines)
        : converseStream(lines.map((line) => Object.entries(line)[0] ?? ['', {}]))
      return { name, body, model: 'cohere.command-r-v1:0' }
    })
}

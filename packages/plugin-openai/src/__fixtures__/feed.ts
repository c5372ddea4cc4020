import type { Call, Frame, Part, ResponseHead } from 'loadbench/plugin'
import { openaiPlugin } from '../plugin.ts'
import type { OpenAISettings } from '../settings.ts'

export const STREAM: ResponseHead = { status: 200, headers: { 'content-type': 'text/event-stream' } }
export const WHOLE: ResponseHead = { status: 200, headers: { 'content-type': 'application/json' } }

export const CHAT: Extract<Call, { kind: 'chat' }> = {
  kind: 'chat',
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }] }
export const COMPLETION: Extract<Call, { kind: 'completion' }> = { kind: 'completion', model: 'm', prompt: 'hi' }

export interface Circumstances {
  readonly head?: ResponseHead
  readonly call?: Call
  readonly settings?: OpenAISettings
}

/** The parts of a response's frames, in order. A frame that is no text is written as JSON. */
export function feed(frames: readonly unknown[], circumstances: Circumstances = {}): Part[] {
  const { head = STREAM, call = CHAT, settings = {} } = circumstances
  const decode = openaiPlugin(settings).decoder(head, call)
  return frames.flatMap((data) => decode({ data: typeof data === 'string' ? data : JSON.stringify(data) }))
}

/** The parts of frames as a framer cut them. */
export function feedFrames(frames: readonly Frame[], circumstances: Circumstances = {}): Part[] {
  const { head = STREAM, call = CHAT, settings = {} } = circumstances
  const decode = openaiPlugin(settings).decoder(head, call)
  return frames.flatMap((frame) => decode(frame))
}

/** A chunk of a chat completion with one choice. */
export function chunk(delta: unknown, rest: Readonly<Record<string, unknown>> = {}): unknown {
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null, ...rest }] }
}

/** The chunk that ends the only choice. */
export function finish(reason: unknown, rest: Readonly<Record<string, unknown>> = {}): unknown {
  return { object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: reason }], ...rest }
}

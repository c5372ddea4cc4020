import {
  isText,
  malformed,
  readObject,
  type Call,
  type Decoder,
  type ErrorPart,
  type JsonObject,
  type ResponseHead,
} from 'loadbench/plugin'
import { Answer, NOTHING } from '../answer/answer.ts'
import { readStreamException, type ErrorContext } from '../errors/error.ts'
import type { BedrockSettings } from '../settings.ts'
import { EMBEDDING_FAMILIES, TEXT_FAMILIES } from './families.ts'
import { familyOf, type FamilyName } from './family-name.ts'
import { readAdded, readHead } from './metrics.ts'
import { OpenAIReader } from './openai-reader.ts'

/** Reads the text of one chunk, or of a whole body. @returns what is wrong with it. */
type Read = (text: string) => ErrorPart | undefined

/** The decoder of InvokeModelWithResponseStream: events `chunk` with the model's own JSON in base64. */
export function streamDecoder(call: Call, settings: BedrockSettings, context: ErrorContext): Decoder {
  const answer = new Answer(settings.onGuardrail)
  const read = chunkReader(answer, call, settings)
  return (frame) => {
    const exception = readStreamException(frame, context)
    if (exception !== undefined) return [exception]
    if (frame.event !== 'chunk') return NOTHING
    const bytes = readObject(frame.data)?.['bytes']
    if (!isText(bytes)) return [malformed(frame.data, 'a chunk without bytes')]
    const wrong = read(Buffer.from(bytes, 'base64').toString('utf8'))
    return wrong === undefined ? answer.take() : [...answer.take(), wrong]
  }
}

/** The decoder of InvokeModel, whose answer comes in one piece. */
export function wholeDecoder(head: ResponseHead, call: Call, settings: BedrockSettings): Decoder {
  const answer = new Answer(settings.onGuardrail)
  const read = bodyReader(answer, call, settings)
  return ({ data }) => {
    const wrong = read(data)
    readHead(head, answer)
    return wrong === undefined ? answer.take() : [...answer.take(), wrong]
  }
}

function chunkReader(answer: Answer, call: Call, settings: BedrockSettings): Read {
  const name = familyNameOf(call, settings)
  const family = name && TEXT_FAMILIES[name]
  if (family === undefined) {
    const reader = new OpenAIReader(answer, isPrompted(call, name), true)
    return (text) => {
      reader.read(text)
      // Only the last chunk, or one a guardrail looked at, has more than the model's own words.
      const added = text.includes('"amazon-bedrock-') ? readObject(text) : undefined
      if (added !== undefined) readAdded(added, answer)
      return undefined
    }
  }
  return (text) => {
    const chunk = readObject(text)
    if (chunk === undefined) return malformed(text)
    family.chunk(chunk, answer)
    readAdded(chunk, answer)
    return undefined
  }
}

function bodyReader(answer: Answer, call: Call, settings: BedrockSettings): Read {
  const name = familyNameOf(call, settings)
  const family = name && (call.kind === 'embedding' ? EMBEDDING_FAMILIES[name] : TEXT_FAMILIES[name])
  const reader = new OpenAIReader(answer, isPrompted(call, name), false)
  const whole = (body: JsonObject, text: string) => {
    if (family !== undefined) return family.whole(body, answer)
    reader.read(text)
    return true
  }
  return (text) => {
    const body = readObject(text)
    if (body === undefined) return malformed(text)
    if (!whole(body, text)) return malformed(text, 'an answer in another form than the model family has')
    readAdded(body, answer)
    return undefined
  }
}

/** Bedrock's own models in OpenAI's form know chats only; see `openaiFields`. */
function isPrompted(call: Call, name: FamilyName | undefined): boolean {
  return call.kind === 'completion' && name !== 'openai'
}

function familyNameOf(call: Call, settings: BedrockSettings): FamilyName | undefined {
  return settings.family ?? familyOf(call.model ?? settings.model ?? '')
}

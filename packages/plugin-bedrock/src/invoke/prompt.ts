import { LoadbenchError, type GenerationCall } from 'loadbench/plugin'
import { conversationOf, textOf, type Turn } from '../turns/turns.ts'
import type { FamilyName } from './family-name.ts'

/** How a family writes a conversation as one prompt, by the format its maker documents. */
interface Format {
  readonly start: string
  system(text: string): string
  user(text: string): string
  assistant(text: string): string
  /** What the model goes on from. */
  readonly answer: string
}

const LLAMA_TURN = (role: string, text: string) =>
  `<|start_header_id|>${role}<|end_header_id|>\n\n${text}<|eot_id|>`

const FORMATS = {
  llama: {
    start: '<|begin_of_text|>',
    system: (text) => LLAMA_TURN('system', text),
    user: (text) => LLAMA_TURN('user', text),
    assistant: (text) => LLAMA_TURN('assistant', text),
    answer: '<|start_header_id|>assistant<|end_header_id|>\n\n',
  },
  mistral: {
    start: '<s>',
    system: (text) => `[INST] ${text} [/INST]`,
    user: (text) => `[INST] ${text} [/INST]`,
    assistant: (text) => ` ${text}</s>`,
    answer: '',
  },
  deepseek: {
    start: '<｜begin▁of▁sentence｜>',
    system: (text) => text,
    user: (text) => `<｜User｜>${text}`,
    assistant: (text) => `<｜Assistant｜>${text}<｜end▁of▁sentence｜>`,
    answer: '<｜Assistant｜><think>\n',
  },
  titan: {
    start: '',
    system: (text) => `${text}\n`,
    user: (text) => `User: ${text}\n`,
    assistant: (text) => `Bot: ${text}\n`,
    answer: 'Bot:',
  },
  command: {
    start: '',
    system: (text) => `${text}\n`,
    user: (text) => `User: ${text}\n`,
    assistant: (text) => `Chatbot: ${text}\n`,
    answer: 'Chatbot:',
  },
} as const satisfies Partial<Record<FamilyName, Format>>

/**
 * The prompt of a call to a family that knows prompts only. That of a completion goes out as it is; messages
 * are written in the family's format, without their tools.
 * @throws LB_CALL_INVALID for images.
 */
export function promptOf(call: GenerationCall, family: keyof typeof FORMATS): string {
  if (call.kind === 'completion') return call.prompt
  const format: Format = FORMATS[family]
  const { system, turns } = conversationOf(call)
  refuseImages(turns, family)
  const written = turns.map(({ role, blocks }) => format[role](textOf(blocks)))
  return [format.start, ...system.map((text) => format.system(text)), ...written, format.answer].join('')
}

/** @throws LB_CALL_INVALID for images: left out, the question would be another. */
export function refuseImages(turns: readonly Turn[], family: FamilyName): void {
  if (!turns.some(({ blocks }) => blocks.some(({ type }) => type === 'image'))) return
  throw new LoadbenchError(
    'LB_CALL_INVALID',
    `a message holds an image, and models of the family "${family}" take text only by InvokeModel`,
    "Use the Converse API, the default, with a model that takes images: bedrock({ api: 'converse' }).",
  )
}

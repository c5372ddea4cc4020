import type { Call, ChatSettings } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { bedrockPlugin } from '../plugin.ts'
import type { BedrockSettings } from '../settings.ts'
import { FAMILY_NAMES, familyOf } from './family-name.ts'

const TARGET = new URL('https://bedrock-runtime.us-east-1.amazonaws.com')
const INVOKE: BedrockSettings = { api: 'invoke' }
const PNG = 'data:image/png;base64,iVBORw0='

const chat = (model: string, settings: Partial<ChatSettings> = {}): Call => ({
  kind: 'chat',
  model,
  messages: [{ role: 'user', content: 'Hi' }],
  maxTokens: 9,
  ...settings,
})
const completion = (model: string): Call => ({ kind: 'completion', model, prompt: 'Once', maxTokens: 9 })
const SAMPLED = { temperature: 0.5, topP: 0.9, stop: ['END'] }

const CONVERSATION: ChatSettings['messages'] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
  { role: 'user', content: 'Why?' },
]

const requestOf = (call: Call, settings: BedrockSettings = INVOKE) =>
  bedrockPlugin(settings).encode(call, TARGET)
const bodyOf = (call: Call, settings?: BedrockSettings) =>
  JSON.parse(String(requestOf(call, settings).body)) as Record<string, unknown>
const refusalOf = (call: Call, settings?: BedrockSettings) => {
  try {
    requestOf(call, settings)
  } catch (error) {
    return error
  }
  return undefined
}

describe('the family of a model', () => {
  it.each([
    ['anthropic.claude-v2', 'anthropic'],
    ['us.anthropic.claude-3-7-sonnet-20250219-v1:0', 'anthropic'],
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic'],
    ['arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-3-haiku-20240307-v1:0', 'anthropic'],
    ['arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-3-haiku', 'anthropic'],
    ['amazon.nova-micro-v1:0', 'nova'],
    ['apac.amazon.nova-lite-v1:0', 'nova'],
    ['amazon.titan-text-express-v1', 'titan'],
    ['amazon.titan-tg1-large', 'titan'],
    ['amazon.titan-embed-text-v2:0', 'titan-embed'],
    ['arn:aws:bedrock:us-east-1:1:custom-model/amazon.titan-text-lite-v1:0:4k/abc', 'titan'],
    ['us.meta.llama3-2-1b-instruct-v1:0', 'llama'],
    ['mistral.mistral-7b-instruct-v0:2', 'mistral'],
    ['mistral.mistral-large-2402-v1:0', 'mistral'],
    ['mistral.mistral-large-2407-v1:0', 'openai'],
    ['us.mistral.pixtral-large-2502-v1:0', 'openai'],
    ['cohere.command-text-v14', 'command'],
    ['cohere.command-r-plus-v1:0', 'command-r'],
    ['cohere.embed-multilingual-v3', 'cohere-embed'],
    ['us.deepseek.r1-v1:0', 'deepseek'],
    ['deepseek.v3-v1:0', 'openai'],
    ['openai.gpt-oss-120b-1:0', 'openai'],
    ['arn:aws:sagemaker:us-east-1:1:endpoint/anthropic.like', 'container'],
    ['arn:aws:bedrock:us-east-1:1:imported-model/abc', 'container'],
    ['arn:aws:bedrock:us-east-1:1:provisioned-model/abc', undefined],
    ['ai21.jamba-1-5-mini-v1:0', undefined],
  ])('of %s is %s', (model, family) => {
    expect(familyOf(model)).toBe(family)
  })

  it('has to be said where the id does not tell', () => {
    const arn = 'arn:aws:bedrock:us-east-1:1:provisioned-model/abc'
    expect(refusalOf(chat(arn))).toMatchObject({ code: 'LB_CALL_INVALID' })
    expect(bodyOf(chat(arn), { api: 'invoke', family: 'llama' })).toHaveProperty('max_gen_len', 9)
  })

  it('has to be one there is', () => {
    const settings = { api: 'invoke', family: 'lama' } as unknown
    expect(refusalOf(chat('m'), settings as BedrockSettings)).toMatchObject({
      code: 'LB_CALL_INVALID',
      message: expect.stringContaining('"lama"') as string,
      hint: expect.stringContaining(FAMILY_NAMES.join(', ')) as string,
    })
  })

  it.each<[string, Call]>([
    ['embeddings of a model for text', { kind: 'embedding', model: 'amazon.nova-lite-v1:0', input: 'Hi' }],
    ['text of a model for embeddings', completion('cohere.embed-english-v3')],
    [
      'two embeddings at once of Titan',
      { kind: 'embedding', model: 'amazon.titan-embed-text-v1', input: ['a', 'b'] },
    ],
  ])('is not asked for %s', (_, call) => {
    expect(refusalOf(call)).toMatchObject({ code: 'LB_CALL_INVALID' })
  })
})

describe('the body of', () => {
  it('Claude', () => {
    expect(bodyOf(chat('anthropic.claude-v2', { ...SAMPLED, messages: CONVERSATION }))).toEqual({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      system: 'Be brief.',
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
        { role: 'user', content: [{ type: 'text', text: 'Why?' }] },
      ],
      temperature: 0.5,
      top_p: 0.9,
      stop_sequences: ['END'],
    })
  })

  it('Claude with tools and images', () => {
    const call = chat('anthropic.claude-3-haiku-20240307-v1:0', {
      messages: [
        { role: 'user', content: [{ type: 'image', url: PNG }] },
        { role: 'assistant', content: '', toolCalls: [{ id: 't1', name: 'look', arguments: '{"a":1}' }] },
        { role: 'tool', toolCallId: 't1', content: 'a cat' },
      ],
      tools: [{ name: 'look', description: 'Looks.' }],
      toolChoice: 'required',
    })
    expect(bodyOf(call)).toMatchObject({
      messages: [
        {
          role: 'user',
          content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0=' } }],
        },
        { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look', input: { a: 1 } }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'a cat' }] }],
        },
      ],
      tools: [{ name: 'look', description: 'Looks.', input_schema: { type: 'object', properties: {} } }],
      tool_choice: { type: 'any' },
    })
  })

  it.each([
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    [{ name: 'look' }, { type: 'tool', name: 'look' }],
  ] as const)('Claude with the tool choice %j', (toolChoice, wire) => {
    const call = chat('anthropic.claude-v2', { tools: [{ name: 'look' }], toolChoice })
    expect(bodyOf(call)['tool_choice']).toEqual(wire)
  })

  it('Nova', () => {
    expect(bodyOf(chat('amazon.nova-lite-v1:0', { ...SAMPLED, messages: CONVERSATION.slice(0, 2) }))).toEqual(
      {
        schemaVersion: 'messages-v1',
        system: [{ text: 'Be brief.' }],
        messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
        inferenceConfig: { maxTokens: 9, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
      },
    )
  })

  it('Titan', () => {
    expect(bodyOf(chat('amazon.titan-text-lite-v1', { ...SAMPLED, messages: CONVERSATION }))).toEqual({
      inputText: 'Be brief.\nUser: Hi\nBot: Hello\nUser: Why?\nBot:',
      textGenerationConfig: { maxTokenCount: 9, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
    })
  })

  it('Llama', () => {
    const header = (role: string) => `<|start_header_id|>${role}<|end_header_id|>\n\n`
    expect(bodyOf(chat('meta.llama3-8b-instruct-v1:0', { ...SAMPLED, messages: CONVERSATION }))).toEqual({
      prompt: `<|begin_of_text|>${header('system')}Be brief.<|eot_id|>${header('user')}Hi<|eot_id|>${header('assistant')}Hello<|eot_id|>${header('user')}Why?<|eot_id|>${header('assistant')}`,
      max_gen_len: 9,
      temperature: 0.5,
      top_p: 0.9,
    })
  })

  it('Mistral', () => {
    expect(
      bodyOf(chat('mistral.mistral-7b-instruct-v0:2', { ...SAMPLED, messages: CONVERSATION.slice(1) })),
    ).toEqual({
      prompt: '<s>[INST] Hi [/INST] Hello</s>[INST] Why? [/INST]',
      max_tokens: 9,
      temperature: 0.5,
      top_p: 0.9,
      stop: ['END'],
    })
  })

  it('Command', () => {
    const call = chat('cohere.command-text-v14', { ...SAMPLED, messages: CONVERSATION })
    expect(bodyOf(call)).toEqual({
      prompt: 'Be brief.\nUser: Hi\nChatbot: Hello\nUser: Why?\nChatbot:',
      max_tokens: 9,
      temperature: 0.5,
      p: 0.9,
      stop_sequences: ['END'],
      stream: true,
    })
    expect(bodyOf({ ...call, stream: false } as Call)).not.toHaveProperty('stream')
  })

  it('Command R', () => {
    expect(bodyOf(chat('cohere.command-r-v1:0', { ...SAMPLED, messages: CONVERSATION }))).toEqual({
      message: 'Why?',
      chat_history: [
        { role: 'USER', message: 'Hi' },
        { role: 'CHATBOT', message: 'Hello' },
      ],
      preamble: 'Be brief.',
      max_tokens: 9,
      temperature: 0.5,
      p: 0.9,
      stop_sequences: ['END'],
    })
  })

  it('DeepSeek-R1', () => {
    expect(bodyOf(chat('us.deepseek.r1-v1:0', { messages: CONVERSATION }))).toEqual({
      prompt:
        '<｜begin▁of▁sentence｜>Be brief.<｜User｜>Hi<｜Assistant｜>Hello<｜end▁of▁sentence｜><｜User｜>Why?<｜Assistant｜><think>\n',
      max_tokens: 9,
    })
  })

  it('gpt-oss: chats only, and neither model nor stream, which the path says', () => {
    expect(bodyOf(completion('openai.gpt-oss-20b-1:0'))).toEqual({
      messages: [{ role: 'user', content: 'Once' }],
      max_completion_tokens: 9,
    })
  })

  it('later models of Mistral', () => {
    expect(bodyOf(chat('mistral.mistral-large-2407-v1:0'))).toEqual({
      messages: [{ role: 'user', content: 'Hi' }],
      max_tokens: 9,
    })
  })

  it('a container: prompts and chats, and whether to stream', () => {
    const arn = 'arn:aws:sagemaker:us-east-1:1:endpoint/e'
    expect(bodyOf(completion(arn))).toMatchObject({ prompt: 'Once', max_tokens: 9, stream: true })
    expect(bodyOf(chat(arn, { stream: false }))).toMatchObject({
      messages: [{ role: 'user', content: 'Hi' }],
      stream: false,
    })
    expect(bodyOf(chat(arn))).not.toHaveProperty('model')
  })

  it('embeddings', () => {
    expect(
      bodyOf({ kind: 'embedding', model: 'amazon.titan-embed-text-v2:0', input: ['Hi'], dimensions: 256 }),
    ).toEqual({ inputText: 'Hi', dimensions: 256 })
    expect(
      bodyOf({
        kind: 'embedding',
        model: 'cohere.embed-english-v3',
        input: 'Hi',
        extra: { input_type: 'search_query' },
      }),
    ).toEqual({ texts: ['Hi'], input_type: 'search_query' })
  })

  it.each([
    ['anthropic.claude-v2', 'messages', [{ role: 'user', content: [{ type: 'text', text: 'Once' }] }]],
    ['amazon.nova-lite-v1:0', 'messages', [{ role: 'user', content: [{ text: 'Once' }] }]],
    ['amazon.titan-text-lite-v1', 'inputText', 'Once'],
    ['meta.llama3-8b-instruct-v1:0', 'prompt', 'Once'],
    ['mistral.mistral-7b-instruct-v0:2', 'prompt', 'Once'],
    ['cohere.command-text-v14', 'prompt', 'Once'],
    ['cohere.command-r-v1:0', 'message', 'Once'],
    ['us.deepseek.r1-v1:0', 'prompt', 'Once'],
  ])('a completion by %s is the prompt as it is', (model, field, value) => {
    expect(bodyOf(completion(model))[field]).toEqual(value)
  })

  it.each([
    'amazon.titan-text-lite-v1',
    'meta.llama3-8b-instruct-v1:0',
    'cohere.command-r-v1:0',
    'us.deepseek.r1-v1:0',
  ])('%s never holds an image', (model) => {
    const call = chat(model, { messages: [{ role: 'user', content: [{ type: 'image', url: PNG }] }] })
    expect(refusalOf(call)).toMatchObject({ code: 'LB_CALL_INVALID' })
  })

  it('any model has extra fields joined', () => {
    const call = chat('amazon.titan-text-lite-v1', { extra: { textGenerationConfig: { topP: 1 } } })
    expect(bodyOf(call)['textGenerationConfig']).toEqual({ maxTokenCount: 9, topP: 1 })
  })
})

describe('the headers', () => {
  it('say in a stream how its chunks are wanted', () => {
    expect(requestOf(chat('amazon.nova-lite-v1:0')).headers).toEqual({
      'content-type': 'application/json',
      accept: 'application/vnd.amazon.eventstream',
      'accept-encoding': 'identity',
      'x-amzn-bedrock-accept': 'application/json',
    })
    expect(requestOf(chat('amazon.nova-lite-v1:0', { stream: false })).headers).toEqual({
      'content-type': 'application/json',
      accept: 'application/json',
      'accept-encoding': 'identity',
    })
  })

  it('hold what Converse has in its body', () => {
    const { headers } = requestOf(chat('amazon.nova-lite-v1:0'), {
      api: 'invoke',
      guardrail: { identifier: 'g', version: 'DRAFT', trace: 'enabled_full' },
      latency: 'optimized',
      serviceTier: 'priority',
      requestMetadata: { team: 'a' },
    })
    expect(headers).toMatchObject({
      'x-amzn-bedrock-guardrailidentifier': 'g',
      'x-amzn-bedrock-guardrailversion': 'DRAFT',
      'x-amzn-bedrock-trace': 'ENABLED_FULL',
      'x-amzn-bedrock-performanceconfig-latency': 'optimized',
      'x-amzn-bedrock-service-tier': 'priority',
      'x-amzn-bedrock-request-metadata': '{"team":"a"}',
    })
  })
})

// A conversation, as people have them: each turn sends all that was said before, so the prompt grows, and
// with it the time to first token, unless the server remembers (see cached_length). In the second turn the
// model is made to use a tool.
//
//   loadbench run scenarios/chat.ts --simulate '{"prefillPerToken":0.5}'
//   MODEL=my-model loadbench run scenarios/chat.ts --target http://localhost:8000/v1
//
// Results by turn: the tag `turn`.
import { check, sleep, type Message, type Options, type Tool } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

export const options: Options = {
  scenarios: {
    conversations: {
      executor: 'per-vu-iterations',
      vus: Number(process.env['VUS'] ?? 4),
      iterations: Number(process.env['CONVERSATIONS'] ?? 1),
      maxDuration: '10m',
    },
  },
  thresholds: {
    request_failed: ['rate<0.01'],
    checks: ['rate>0.99'],
    'ttft{turn:1}': ['p(95)<2s'],
    'ttft{turn:4}': ['p(95)<4s'],
  },
}

const QUESTIONS = [
  'I want to visit a lake this weekend. What should I think of?',
  'How will the weather be in Zürich on Saturday?',
  'Then what shall I wear?',
  'Thank you. Sum up our plan in three lines.',
]
const WEATHER: Tool = {
  name: 'get_weather',
  description: 'The weather forecast of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, day: { type: 'string' } },
    required: ['city'],
  },
}
/** Asks for the tool. */
const TOOL_TURN = 2
/** Seconds a person reads before answering. */
const thinking = Number(process.env['THINK'] ?? 0.2)

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })

export default async function () {
  const history: Message[] = [{ role: 'system', content: 'You are a travel guide. Be brief.' }]
  for (const [index, question] of QUESTIONS.entries()) {
    const turn = index + 1
    const tags = { turn: String(turn) }
    history.push({ role: 'user', content: question })
    if (turn === TOOL_TURN) await consultTool(history, tags)
    const reply = await llm.chat({ messages: history, maxTokens: 48, tags })
    const whole = check(reply, { 'the turn is answered': ({ ok, text }) => ok && text.length > 0 }, tags)
    if (!whole) return
    history.push({ role: 'assistant', content: reply.text })
    await sleep(thinking)
  }
}

/** One call that must use the tool; its request and result become part of the history. */
async function consultTool(history: Message[], tags: Readonly<Record<string, string>>): Promise<void> {
  const reply = await llm.chat({
    messages: history,
    maxTokens: 64,
    tools: [WEATHER],
    toolChoice: 'required',
    tags,
  })
  check(reply, { 'the tool is called': ({ toolCalls }) => toolCalls[0]?.name === WEATHER.name }, tags)
  if (reply.toolCalls.length === 0) return
  history.push({ role: 'assistant', content: reply.text, toolCalls: reply.toolCalls })
  for (const { id } of reply.toolCalls) {
    history.push({ role: 'tool', toolCallId: id, content: '{"sky":"clear","celsius":24}' })
  }
}

// A long steady load: does anything grow, slow down or leak over hours? Two kinds of request side by
// side, told apart by their tags.
//
//   loadbench run scenarios/soak.ts --simulate
//   DURATION=8h VUS=50 loadbench run scenarios/soak.ts --target http://localhost:8000/v1
import { check, exec, sleep, Trend, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

const duration = process.env['DURATION'] ?? '10s'
const vus = Number(process.env['VUS'] ?? 6)

export const options: Options = {
  scenarios: {
    short: { executor: 'constant-vus', vus, duration, exec: 'shortAnswer', tags: { kind: 'short' } },
    long: {
      executor: 'constant-vus',
      vus: Math.ceil(vus / 3),
      duration,
      exec: 'longAnswer',
      tags: { kind: 'long' },
    },
  },
  thresholds: {
    'ttft{kind:short}': ['p(95)<1s', 'p(95)<1500 over 1m'],
    'tpot{kind:long}': ['med<60'],
    request_failed: ['rate<0.1%'],
    answer_words: ['avg>5'],
  },
}

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })
const answerWords = new Trend('answer_words')

export function setup() {
  return { askedAt: new Date().toISOString() }
}

async function ask(question: string, maxTokens: number) {
  const reply = await llm.chat({ messages: [{ role: 'user', content: question }], maxTokens })
  check(reply, { 'the answer is whole': ({ ok }) => ok })
  answerWords.add(reply.text.split(/\s+/).filter(Boolean).length)
}

export async function shortAnswer() {
  await ask('What is 2 + 2? Answer with a sentence.', 12)
  await sleep(0.5)
}

export async function longAnswer() {
  await ask(`Tell a story about user ${exec.vu.idInTest}.`, 96)
  await sleep(1)
}

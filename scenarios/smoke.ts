// Does it work at all? One user, a few requests, and every way of asking once.
// The first script to run against a new deployment.
//
//   loadbench run scenarios/smoke.ts --simulate
//   loadbench run scenarios/smoke.ts --target http://localhost:8000/v1
import { check, group, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

export const options: Options = {
  vus: 1,
  iterations: Number(process.env['ITERATIONS'] ?? 3),
  thresholds: {
    request_failed: ['rate==0'],
    checks: ['rate==1'],
    ttft: ['max<10s'],
  },
}

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })
const ask = { messages: [{ role: 'user', content: 'Say hello in one sentence.' }], maxTokens: 16 } as const

export default async function () {
  await group('streamed', async () => {
    const reply = await llm.chat(ask)
    check(reply, {
      'a stream answers': ({ ok, text }) => ok && text.length > 0,
      'a stream says why it ended': ({ finishReason }) => finishReason !== undefined,
    })
  })
  await group('in one piece', async () => {
    const reply = await llm.chat({ ...ask, stream: false })
    check(reply, {
      'a whole answer comes': ({ ok, text }) => ok && text.length > 0,
      'its tokens are counted': ({ usage }) => (usage.outputTokens ?? 0) > 0,
    })
  })
}

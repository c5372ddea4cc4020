// A sudden rush: a quiet rate, a jump to twenty times as much, and quiet again.
// Does the endpoint shed load, queue it, or fall over, and how fast does it recover?
//
//   loadbench run scenarios/spike.ts --simulate
//   PEAK=200 HOLD=2m loadbench run scenarios/spike.ts --target http://localhost:8000/v1
import { check, randomItem, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

const base = Number(process.env['BASE'] ?? 2)
const peak = Number(process.env['PEAK'] ?? 40)
const hold = process.env['HOLD'] ?? '5s'

export const options: Options = {
  scenarios: {
    spike: {
      executor: 'ramping-arrival-rate',
      startRate: base,
      timeUnit: '1s',
      preAllocatedVUs: 50,
      maxVUs: 50 + 5 * peak,
      stages: [
        { target: base, duration: '4s' },
        { target: peak, duration: '1s' },
        { target: peak, duration: hold },
        { target: base, duration: '1s' },
        { target: base, duration: '4s' },
      ],
    },
  },
  slo: { ttft: '1s', tpot: 60 },
  thresholds: {
    ttft: ['p(95)<1s', { threshold: 'p(99)<5s', abortOnFail: true, delayAbortEval: '5s' }],
    request_failed: ['rate<1%'],
    goodput: ['rate>90%'],
    checks: ['rate>99%'],
  },
}

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })

const questions = [
  'Why is the sky blue?',
  'What does an idempotent request promise?',
  'How does a hash map find its entries?',
  'Why do leaves change colour in autumn?',
]

export default async function () {
  const reply = await llm.chat({
    messages: [{ role: 'user', content: randomItem(questions) }],
    maxTokens: 64,
  })
  check(reply, { 'the model answered': ({ text }) => text.length > 0 })
}

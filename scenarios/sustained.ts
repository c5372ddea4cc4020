// The load of an ordinary busy hour: a steady rate of arrivals at random distances, as independent
// people make them. What do users get when the endpoint is neither idle nor pushed?
//
//   loadbench run scenarios/sustained.ts --simulate
//   RATE=20 DURATION=30m loadbench run scenarios/sustained.ts --target http://localhost:8000/v1
import { check, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

const rate = Number(process.env['RATE'] ?? 10)

export const options: Options = {
  scenarios: {
    sustained: {
      executor: 'constant-arrival-rate',
      rate,
      duration: process.env['DURATION'] ?? '10s',
      arrival: 'poisson',
      preAllocatedVUs: 10 + 5 * rate,
      maxVUs: 10 + 20 * rate,
      gracefulStop: '60s',
    },
  },
  slo: { ttft: '1s', tpot: 60 },
  thresholds: {
    ttft_scheduled: ['p(95)<1s'],
    itl: ['p(99)<200'],
    goodput: ['rate>0.95'],
    dropped_iterations: ['count<1'],
  },
}

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })

export default async function () {
  const reply = await llm.chat({
    messages: [
      { role: 'system', content: 'You answer in two short sentences.' },
      { role: 'user', content: 'What is the difference between latency and throughput?' },
    ],
    maxTokens: 48,
  })
  check(reply, { 'the answer is whole': ({ ok }) => ok })
}

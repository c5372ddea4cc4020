// Where is the limit? More and more users at once, each asking again as soon as it is answered,
// until the time is over or the endpoint no longer answers well.
//
//   loadbench run scenarios/stress.ts --simulate
//   VUS=500 STEP=2m loadbench run scenarios/stress.ts --target http://localhost:8000/v1
import { sleep, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

const vus = Number(process.env['VUS'] ?? 40)
const step = process.env['STEP'] ?? '3s'

export const options: Options = {
  scenarios: {
    stress: {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { target: Math.ceil(vus / 4), duration: step },
        { target: Math.ceil(vus / 2), duration: step },
        { target: vus, duration: step },
        { target: 0, duration: step },
      ],
      gracefulRampDown: '10s',
    },
  },
  slo: { ttft: '2s', tpot: 100 },
  thresholds: {
    request_failed: [{ threshold: 'rate<5%', abortOnFail: true, delayAbortEval: '5s' }],
    tpot: ['p(95)<100'],
  },
}

const llm = openai({ model: process.env['MODEL'] ?? 'sim-8b' })

export default async function () {
  await llm.chat({
    messages: [{ role: 'user', content: 'List three uses of a paper clip.' }],
    maxTokens: 32,
  })
  await sleep(0.1)
}

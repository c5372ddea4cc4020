import { exec, sleep, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

export const options: Options = {
  scenarios: { streams: { executor: 'per-vu-iterations', vus: 20, iterations: 6 } },
}

const llm = openai({ model: 'sim-8b' })

export default async function () {
  const { vu } = exec
  // An answer takes 1180 ms. The streams begin one after the other over that time: begun all at once they
  // would stay in step for ever, and the measure would be of how 20 requests queue at two event loops.
  if (vu.iterationInScenario === 0) await sleep(vu.idInTest * 0.059)
  const id = `${vu.idInTest}-${vu.iterationInScenario}`
  await llm.chat({
    messages: [{ role: 'user', content: 'Count.' }],
    headers: { 'x-sim-id': id },
    tags: { sim: id },
  })
}

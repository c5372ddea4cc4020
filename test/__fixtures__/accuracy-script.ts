import { exec, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'

export const options: Options = {
  scenarios: { streams: { executor: 'per-vu-iterations', vus: 20, iterations: 5 } },
}

const llm = openai({ model: 'sim-8b' })

export default async function () {
  const { vu } = exec
  const id = `${vu.idInTest}-${vu.iterationInScenario}`
  await llm.chat({
    messages: [{ role: 'user', content: 'Count.' }],
    headers: { 'x-sim-id': id },
    tags: { sim: id },
  })
}

// Which engine? The same load for vLLM, TGI, Ollama and Bedrock, each by its native protocol, one after the
// other so that none disturbs the next. The numbers mean the same for all, and stand side by side by
// scenario in the summary and the report.
//
//   loadbench run scenarios/engines.ts --simulate
//   ENGINES=vllm,tgi loadbench run scenarios/engines.ts --target openai=http://gpu1:8000 --target tgi=http://gpu2:8080
//
// MODEL_VLLM, MODEL_OLLAMA … name the model of each; TGI serves just one. Bedrock takes its address and
// credentials from the AWS environment.
import { check, exec, type CallResult, type ChatSettings, type Options } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
import { tgi } from '@loadbench/plugin-tgi'
import { ollama } from '@loadbench/plugin-ollama'
import { bedrock } from '@loadbench/plugin-bedrock'

const PROMPT = 'Explain in a few sentences why the sky is blue and sunsets are red.'
const maxTokens = Number(process.env['TOKENS'] ?? 64)
const chat: ChatSettings = { messages: [{ role: 'user', content: PROMPT }], maxTokens }

const vllm = openai({ model: process.env['MODEL_VLLM'] ?? 'sim-8b' })
const text = tgi()
const llama = ollama({ model: process.env['MODEL_OLLAMA'] ?? 'sim-8b' })
const aws = bedrock({ model: process.env['MODEL_BEDROCK'] ?? 'us.amazon.nova-pro-v1:0' })

const ASK: Readonly<Record<string, () => Promise<CallResult>>> = {
  vllm: () => vllm.chat(chat),
  tgi: () => text.complete({ prompt: PROMPT, maxTokens }),
  ollama: () => llama.chat(chat),
  bedrock: () => aws.chat(chat),
}

const engines = (process.env['ENGINES'] ?? Object.keys(ASK).join(',')).split(',')
const seconds = Number(process.env['SECONDS'] ?? 5)
const pause = 1

export const options: Options = {
  scenarios: Object.fromEntries(
    engines.map((engine, index) => [
      engine,
      {
        executor: 'constant-vus' as const,
        vus: Number(process.env['VUS'] ?? 4),
        duration: `${seconds}s`,
        startTime: `${index * (seconds + pause)}s`,
        gracefulStop: '30s',
      },
    ]),
  ),
  slo: { ttft: '1s', tpot: 60 },
  thresholds: Object.fromEntries(
    engines.flatMap((engine) => [
      [`request_failed{scenario:${engine}}`, ['rate<0.01']],
      [`ttft{scenario:${engine}}`, ['p(95)<1s']],
      [`tpot{scenario:${engine}}`, ['p(95)<60']],
    ]),
  ),
}

export default async function () {
  const ask = ASK[exec.scenario.name]
  if (ask === undefined) {
    exec.test.abort(`ENGINES names ${exec.scenario.name}, which is none of ${Object.keys(ASK).join(', ')}`)
    return
  }
  const reply = await ask()
  check(reply, {
    'the answer is whole': ({ ok }) => ok,
    'its tokens are counted by the server': ({ tokenSource }) => tokenSource === 'usage',
  })
}

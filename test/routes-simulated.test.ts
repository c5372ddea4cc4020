import type { Summary } from 'loadbench'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'
import { valueOf } from './harness/summary.ts'

vi.setConfig({ hookTimeout: 120_000 })

/** Routes beside those of scenarios/engines.ts, each by a scenario of its own. */
const SCRIPT = `
import { check, exec } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
import { ollama } from '@loadbench/plugin-ollama'
import { tgi } from '@loadbench/plugin-tgi'
import { bedrock, sagemaker } from '@loadbench/plugin-bedrock'

const gpt = openai({ model: 'm' })
const azure = openai.azure({ deployment: 'm', apiVersion: '2024-10-21', apiKey: 'k' })
const llama = ollama({ model: 'm' })
const engine = tgi()
const claude = bedrock({ model: 'anthropic.claude-3-5-sonnet-20241022-v2:0', api: 'invoke' })
const titan = bedrock({ model: 'amazon.titan-embed-text-v2:0', api: 'invoke' })
const endpoints = Object.fromEntries(['tgi', 'djl', 'vllm'].map((kind) => [kind, sagemaker({ endpoint: 'my-' + kind })]))
const chat = { messages: [{ role: 'user', content: 'Why is the sky blue?' }], maxTokens: 8 }

const ASK = {
  responses: () => gpt.respond(chat),
  whole: () => gpt.chat({ ...chat, stream: false }),
  embeddings: () => gpt.embed({ input: 'Why?' }),
  azure: () => azure.chat(chat),
  tgi_chat: () => engine.chat(chat),
  tgi_whole: () => engine.complete({ prompt: 'Why?', maxTokens: 8, stream: false }),
  ollama_embeddings: () => llama.embed({ input: 'Why?' }),
  bedrock_invoke: () => claude.chat(chat),
  bedrock_whole: () => claude.chat({ ...chat, stream: false }),
  bedrock_embeddings: () => titan.embed({ input: 'Why?' }),
  sagemaker_tgi: () => endpoints.tgi.complete({ prompt: 'Why?', maxTokens: 8 }),
  sagemaker_djl: () => endpoints.djl.complete({ prompt: 'Why?', maxTokens: 8 }),
  sagemaker_vllm: () => endpoints.vllm.chat(chat),
}
const names = Object.keys(ASK)
export const options = {
  scenarios: Object.fromEntries(names.map((name) => [name, { executor: 'shared-iterations', vus: 1, iterations: 3 }])),
  thresholds: Object.fromEntries(names.map((name) => ['request_failed{scenario:' + name + '}', ['rate==0']])),
}
export default async function () {
  const { ok, error, tokenSource, embeddings } = await ASK[exec.scenario.name]()
  check(ok, { [error === undefined ? 'ok' : error.message]: ok })
  const source = exec.scenario.name.endsWith('embeddings') ? embeddings[0]?.length : tokenSource
  console.log('SOURCE ' + exec.scenario.name + ' ' + source)
}
`
const TIMING = { ttft: 10, itl: 1, outputTokens: 8, dimensions: 16 }

/** Where the counts of an answer come from; of an embedding, how long its vector is. */
const SOURCES = {
  responses: 'usage',
  whole: 'usage',
  embeddings: '16',
  azure: 'usage',
  tgi_chat: 'usage',
  tgi_whole: 'usage',
  ollama_embeddings: '16',
  bedrock_invoke: 'usage',
  bedrock_whole: 'usage',
  bedrock_embeddings: '16',
  sagemaker_tgi: 'usage',
  sagemaker_djl: 'usage',
  sagemaker_vllm: 'usage',
}

describe('a run against the simulator', () => {
  let stdout: string
  let summary: Summary

  beforeAll(async () => {
    const project = makeProject({ 'script.ts': SCRIPT })
    const ran = await project.loadbench([
      'run',
      'script.ts',
      '--simulate',
      JSON.stringify(TIMING),
      '--no-report',
    ])
    ;({ stdout } = ran)
    summary = ran.summary()
  })

  it.each(Object.entries(SOURCES))('by %s: every answer is good, and tells %s', (scenario, source) => {
    const said = Array.from(
      stdout.matchAll(new RegExp(`SOURCE ${scenario} (\\S+)$`, 'gm')),
      ([, told]) => told,
    )
    expect(said).toEqual([source, source, source])
    expect(valueOf(summary, 'request_failed', 'passes', { scenario })).toBe(0)
    expect(valueOf(summary, 'request_failed', 'fails', { scenario })).toBe(3)
    expect(valueOf(summary, 'input_tokens', 'count', { scenario })).toBeGreaterThan(0)
  })

  it('says nothing that has to be known', () => {
    expect(summary.checks.map(({ name }) => name)).toEqual(['ok'])
  })
})

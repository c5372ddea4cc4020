import type { ProbeAnswer } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { tgiPlugin } from './plugin.ts'
import { tgiProbe } from './probe.ts'

const TARGET = new URL('http://localhost:8080')
const probe = tgiProbe('')

const answer = (status: number, json?: unknown): ProbeAnswer => ({
  status,
  headers: {},
  body: json === undefined ? '' : JSON.stringify(json),
  json,
})

/** As version 3.3 answers. */
const INFO = {
  model_id: 'meta-llama/Llama-3.1-8B-Instruct',
  model_sha: '5206a32e0bd3067aef1ce90f5528ade7d866253f',
  model_pipeline_tag: 'text-generation',
  max_concurrent_requests: 128,
  max_best_of: 2,
  max_stop_sequences: 4,
  max_input_tokens: 8191,
  max_total_tokens: 8192,
  validation_workers: 2,
  max_client_batch_size: 4,
  router: 'text-generation-router',
  version: '3.3.4',
  sha: null,
  docker_label: null,
}

describe('the questions', () => {
  it.each([
    ['http://host:8080', ['/info', '/health']],
    ['http://host/tgi/v1', ['/tgi/info', '/tgi/health']],
  ])('to %s', (target, urls) => {
    expect(probe.requests(new URL(target)).map(({ url }) => url)).toEqual(urls)
  })

  it('carry a key only once they are asked to', () => {
    const { probe: locked } = tgiPlugin({ apiKey: 'hf-1' })
    expect(JSON.stringify(locked?.requests(TARGET))).not.toContain('hf-1')
    expect(locked?.authorization?.()).toEqual({ authorization: 'Bearer hf-1' })
    expect(probe.authorization?.()).toEqual({})
  })
})

describe('a server', () => {
  it('tells its version, its model and how it runs', () => {
    expect(probe.identify({ info: answer(200, INFO), health: answer(200) }, TARGET)).toEqual({
      server: 'tgi',
      version: '3.3.4',
      healthy: true,
      models: [
        {
          id: 'meta-llama/Llama-3.1-8B-Instruct',
          aliases: ['tgi'],
          contextLength: 8192,
          details: {
            model_sha: '5206a32e0bd3067aef1ce90f5528ade7d866253f',
            model_pipeline_tag: 'text-generation',
          },
        },
      ],
      configuration: {
        max_concurrent_requests: 128,
        max_best_of: 2,
        max_stop_sequences: 4,
        max_input_tokens: 8191,
        max_total_tokens: 8192,
        validation_workers: 2,
        max_client_batch_size: 4,
      },
    })
  })

  it.each<[number, boolean | undefined]>([
    [200, true],
    [503, false],
    [401, undefined],
    [0, undefined],
  ])('whose /health answers %i is healthy: %s', (status, healthy) => {
    const found = probe.identify({ info: answer(200, INFO), health: answer(status) }, TARGET)
    expect(found?.healthy).toBe(healthy)
  })

  it('that tells no more than who it is has no models, rather than guessed ones', () => {
    const found = probe.identify({ info: answer(200, { router: 'text-generation-router' }) }, TARGET)
    expect(found).toEqual({ server: 'tgi', configuration: {} })
  })

  it.each<[string, ProbeAnswer]>([
    ['a page', answer(200)],
    ['another router', answer(200, { ...INFO, router: 'text-embeddings-router' })],
    ['no router (Text Embeddings Inference)', answer(200, { model_id: 'BAAI/bge-m3', version: '1.8.0' })],
    ['a gateway that wants a key first', answer(401)],
  ])('that is %s is not TGI', (_, info) => {
    expect(probe.identify({ info, health: answer(200) }, TARGET)).toBeUndefined()
  })
})

import type { ProbeAnswer, ProbeAnswers } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { ollamaPlugin } from '../plugin.ts'
import { probe } from './probe.ts'

const TARGET = new URL('http://localhost:11434')
const own = probe({})

const answer = (body: unknown, status = 200): ProbeAnswer =>
  typeof body === 'string'
    ? { status, headers: {}, body, json: undefined }
    : { status, headers: {}, body: JSON.stringify(body), json: body }
const SILENT: ProbeAnswer = { status: 0, headers: {}, body: '', json: undefined }

const TAGS = {
  models: [
    {
      name: 'llama3:latest',
      model: 'llama3:latest',
      size: 4_661_224_676,
      details: {
        family: 'llama',
        parameter_size: '8.0B',
        quantization_level: 'Q4_0',
        context_length: 131_072,
      },
    },
    { name: 'qwen3:4b', model: 'qwen3:4b', size: 2_600_000_000, details: { parameter_size: '4.0B' } },
  ],
}
const PS = {
  models: [
    {
      name: 'llama3:latest',
      size: 6_000_000_000,
      size_vram: 2_580_000_000,
      context_length: 8192,
      expires_at: '2026-08-01T10:05:00Z',
    },
  ],
}
const OLLAMA: ProbeAnswers = {
  root: answer('Ollama is running'),
  version: answer({ version: '0.12.3' }),
  tags: answer(TAGS),
  ps: answer({ models: [] }),
}
const found = (answers: ProbeAnswers) => own.identify({ ...OLLAMA, ...answers }, TARGET)

describe('questions', () => {
  it.each([
    ['http://h:1', '/', '/api/tags'],
    ['http://h:1/ollama', '/ollama/', '/ollama/api/tags'],
    ['http://h:1/v1', '/', '/api/tags'],
  ])('at %s', (target, root, tags) => {
    const urls = Object.fromEntries(own.requests(new URL(target)).map(({ name, url }) => [name, url]))
    expect(urls).toMatchObject({ root, tags })
    expect(Object.keys(urls)).toEqual(['root', 'version', 'tags', 'ps'])
  })

  it('the key is kept for servers that ask for one', () => {
    const { probe: keyed } = ollamaPlugin({ apiKey: 'ok-1' })
    expect(JSON.stringify(keyed?.requests(TARGET))).not.toContain('ok-1')
    expect(keyed?.authorization?.()).toEqual({ authorization: 'Bearer ok-1' })
  })
})

describe('an Ollama server', () => {
  it('tells its version and its models, with what is known of each', () => {
    expect(found({ ps: answer(PS) })).toMatchObject({
      server: 'ollama',
      version: '0.12.3',
      healthy: true,
      models: [
        {
          id: 'llama3:latest',
          aliases: ['llama3'],
          contextLength: 8192,
          details: {
            family: 'llama',
            parameter_size: '8.0B',
            quantization: 'Q4_0',
            size: 4_661_224_676,
            context_length: 131_072,
            loaded: true,
            size_vram: 2_580_000_000,
            expires_at: '2026-08-01T10:05:00Z',
          },
        },
        { id: 'qwen3:4b', details: { parameter_size: '4.0B', size: 2_600_000_000, loaded: false } },
      ],
    })
  })

  it('a model that is not loaded has the context it was made for; where none is told, none', () => {
    const models = found({})?.models
    expect(models?.map(({ contextLength }) => contextLength)).toEqual([131_072, undefined])
    expect(models?.[1]).not.toHaveProperty('aliases')
  })

  it.each([
    [2_580_000_000, ['Only 43% of llama3:latest']],
    [5_999_999_999, ['Only 99% of llama3:latest']],
    [0, ['Only 0% of llama3:latest']],
    [6_000_000_000, undefined],
  ])('with %i of 6e9 bytes on the GPU warns %j', (onGpu, expected) => {
    const runner = { ...PS.models[0], size_vram: onGpu }
    const warnings = found({ ps: answer({ models: [runner] }) })?.warnings
    expect(warnings).toEqual(expected?.map((text) => expect.stringContaining(text)))
  })

  it('without any model says so', () => {
    expect(found({ tags: answer({ models: null }) })?.models).toEqual([])
  })

  it.each([401, 403])('behind a key (%i) is locked, and its models are unknown', (status) => {
    const info = found({ tags: answer({ error: 'unauthorized' }, status), ps: answer('', status) })
    expect(info).toMatchObject({ server: 'ollama', locked: true })
    expect(info).not.toHaveProperty('models')
  })

  it.each<[string, ProbeAnswers]>([
    ['greets, and answers nothing else', { version: SILENT, tags: SILENT, ps: SILENT }],
    ['is behind a proxy that has its own root', { root: answer('<html>', 404) }],
  ])('is recognised when it %s', (_, answers) => {
    expect(found(answers)).toMatchObject({ server: 'ollama' })
  })
})

describe('something else', () => {
  it.each<[string, ProbeAnswers]>([
    ['nothing', { root: SILENT, version: SILENT, tags: SILENT, ps: SILENT }],
    [
      'Open WebUI, which has a version too',
      {
        root: answer('<html>'),
        version: answer({ version: '0.6.1', deployment_id: '' }),
        tags: answer('<html>'),
        ps: answer('<html>'),
      },
    ],
    ['a list of models alone', { root: answer('<html>'), version: answer({}, 404) }],
  ])('%s is not taken for it', (_, answers) => {
    expect(found(answers)).toBeUndefined()
  })
})

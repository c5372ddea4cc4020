import type { ProbeAnswer, ProbeAnswers, ServerInfo } from 'loadbench/plugin'
import { describe, expect, it } from 'vitest'
import { azurePlugin, openaiPlugin } from '../plugin.ts'
import { openaiProbe } from './probe.ts'

const probe = openaiProbe({ authorization: 'Bearer sk-1' })
const HERE = new URL('http://localhost:8000')
const SILENT: ProbeAnswer = { status: 0, headers: {}, body: '', json: undefined }

function answer(body: unknown, status = 200, headers: ProbeAnswer['headers'] = {}): ProbeAnswer {
  if (typeof body === 'string') return { status, headers, body, json: undefined }
  return { status, headers, body: JSON.stringify(body), json: body }
}
const NOT_FOUND = answer({ detail: 'Not Found' }, 404)

/** What is not answered is 404, as most servers say. */
function identify(some: ProbeAnswers, target = HERE): ServerInfo | undefined {
  const rest = Object.fromEntries(probe.requests(target).map(({ name }) => [name, NOT_FOUND]))
  return probe.identify({ ...rest, ...some }, target)
}
const list = (...models: object[]) => answer({ object: 'list', data: models })
const model = (owner: string, rest: object = {}) => ({
  id: 'm',
  object: 'model',
  created: 1,
  owned_by: owner,
  ...rest,
})

const VLLM_METRICS = `# HELP vllm:cache_config_info Information of the LLMEngine CacheConfig
# TYPE vllm:cache_config_info gauge
vllm:cache_config_info{block_size="16",cache_dtype="auto",enable_prefix_caching="True",engine="0",gpu_memory_utilization="0.9",is_attention_free="False",num_gpu_blocks="27000",num_gpu_blocks_override="None",sliding_window="None"} 1.0
vllm:cache_config_info{block_size="32",engine="1"} 1.0
`

describe('what is asked', () => {
  it.each([
    ['http://h', '/v1/models', '/openai/v1/models', '/version'],
    ['http://h/v1/', '/v1/models', '/openai/v1/models', '/version'],
    ['http://h/llm/v1', '/llm/v1/models', '/llm/openai/v1/models', '/llm/version'],
    ['http://h/openai/v1', '/openai/v1/models', undefined, '/version'],
    ['http://h/base', '/base/models', '/base/openai/v1/models', '/base/version'],
  ])('of %s', (target, models, kserve, version) => {
    const urls = Object.fromEntries(probe.requests(new URL(target)).map(({ name, url }) => [name, url]))
    expect([urls['models'], urls['kserve-models'], urls['version']]).toEqual([models, kserve, version])
  })

  it('of a public service is for its models, and nothing else', () => {
    const asked = probe.requests(new URL('https://api.groq.com/openai/v1'))
    expect(asked).toEqual([{ name: 'models', url: '/openai/v1/models' }])
  })

  it('carries no key; that comes with `authorization`', () => {
    expect(JSON.stringify(probe.requests(HERE))).not.toContain('sk-1')
    expect(openaiPlugin({ apiKey: 'sk-1' }).probe?.authorization?.()).toEqual({
      authorization: 'Bearer sk-1',
    })
    expect(openaiPlugin({ apiKey: '' }).probe?.authorization?.()).toEqual({})
  })
})

describe('servers', () => {
  it('vLLM, with its version, health, models and cache', () => {
    const answers = {
      models: list(
        model('vllm', { id: 'llama', root: 'meta-llama/Llama-3.1-8B', parent: null, max_model_len: 8192 }),
        model('vllm', { id: 'sql', root: '/adapters/sql', parent: 'llama', max_model_len: null }),
      ),
      version: answer({ version: '0.11.2' }),
      health: answer(''),
      metrics: answer(VLLM_METRICS),
    }
    expect(identify(answers)).toEqual({
      server: 'vllm',
      version: '0.11.2',
      healthy: true,
      models: [
        { id: 'llama', contextLength: 8192, details: { root: 'meta-llama/Llama-3.1-8B' } },
        { id: 'sql', details: { root: '/adapters/sql', parent: 'llama' } },
      ],
      configuration: {
        block_size: 16,
        cache_dtype: 'auto',
        enable_prefix_caching: true,
        gpu_memory_utilization: 0.9,
        is_attention_free: false,
        num_gpu_blocks: 27_000,
      },
    })
  })

  it('vLLM behind a router that owns its models: by its metrics', () => {
    expect(identify({ models: list(model('router')), metrics: answer(VLLM_METRICS) })).toMatchObject({
      server: 'vllm',
    })
  })

  it('vLLM whose engine has died', () => {
    const answers = { models: answer('', 500), health: answer('', 503), metrics: answer(VLLM_METRICS) }
    expect(identify(answers)).toMatchObject({ server: 'vllm', healthy: false })
    expect(identify(answers)).not.toHaveProperty('models')
  })

  it('SGLang, with the settings that matter and without its key', () => {
    const info = identify({
      models: list(model('sglang', { id: 'qwen', root: 'qwen', max_model_len: 32_768 })),
      'model-info': answer({ model_path: 'Qwen/Qwen3-8B', is_generation: true }),
      'server-info': answer({
        version: '0.5.9',
        api_key: 'sk-secret',
        tp_size: 2,
        quantization: null,
        disable_radix_cache: false,
        max_total_num_tokens: 400_000,
        internal_states: [{ last_gen_throughput: 1 }],
      }),
    })
    expect(info).toEqual({
      server: 'sglang',
      version: '0.5.9',
      models: [{ id: 'qwen', contextLength: 32_768 }],
      configuration: {
        model_path: 'Qwen/Qwen3-8B',
        tp_size: 2,
        max_total_num_tokens: 400_000,
        disable_radix_cache: false,
      },
    })
  })

  it('SGLang of an older version', () => {
    const answers = {
      models: list(model('sglang')),
      'older-server-info': answer({ version: '0.4.1', dp_size: 1 }),
    }
    expect(identify(answers)).toMatchObject({ version: '0.4.1', configuration: { dp_size: 1 } })
  })

  it('EMD, whose models have no date', () => {
    const answers = {
      models: list({ id: 'qwen/dev', object: 'model', owned_by: 'easy-model-deployer' }),
      health: answer(''),
    }
    expect(identify(answers)).toEqual({
      server: 'emd',
      healthy: true,
      models: [{ id: 'qwen/dev', aliases: ['qwen'] }],
    })
  })

  it("KServe's huggingfaceserver, and where its routes are", () => {
    const answers = { models: answer({ models: ['m'] }), 'kserve-models': list({ id: 'm', object: 'model' }) }
    expect(identify(answers)).toEqual({
      server: 'kserve',
      models: [{ id: 'm' }],
      warnings: [expect.stringContaining('/openai/v1')],
    })
  })

  it('the simulator', () => {
    const answers = {
      models: list(model('loadbench')),
      version: answer({ version: '0.1.0' }),
      health: answer(''),
      // It speaks all protocols.
      info: answer({ router: 'text-generation-router' }),
      'ollama-version': answer({ version: '0.0.0' }),
    }
    expect(identify(answers)).toEqual({
      server: 'simulator',
      version: '0.1.0',
      healthy: true,
      models: [{ id: 'm' }],
    })
  })

  it.each<[string, ProbeAnswers, string]>([
    ['tgi', { info: answer({ router: 'text-generation-router', version: '3.3.4' }) }, '3.3.4'],
    ['ollama', { 'ollama-version': answer({ version: '0.12.0' }) }, '0.12.0'],
  ])("%s by its own word, where it has OpenAI's routes too", (server, answers, version) => {
    expect(identify({ ...answers, models: list(model('m')) })).toMatchObject({
      server,
      version,
      models: [{ id: 'm' }],
    })
    expect(identify(answers)).toBeUndefined()
  })

  it.each([
    ['https://api.openai.com', 'openai'],
    ['https://api.x.ai/v1', 'xai'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['https://notopenrouter.ai/v1', 'unknown'],
  ])('a public service by its address: %s', (target, server) => {
    const context = { id: 'm', context_length: 4_096 }
    expect(identify({ models: list(context) }, new URL(target))).toEqual({
      server,
      models: [{ id: 'm', contextLength: 4_096 }],
    })
  })

  it("Azure, whose models are none of its deployments' names", () => {
    const target = new URL('https://r.openai.azure.com')
    expect(identify({ 'kserve-models': list(model('system')) }, target)).toEqual({ server: 'azure' })
  })

  it.each<[string, ProbeAnswers, object[], string[]]>([
    ['TGI, any', { info: answer({ router: 'text-generation-router' }) }, [model('m')], ['tgi']],
    [
      'Ollama',
      { 'ollama-version': answer({ version: '1' }) },
      [model('library', { id: 'qwen3:latest' })],
      ['qwen3'],
    ],
    ['Mistral', {}, [model('mistralai', { aliases: ['mistral-small', 7] })], ['mistral-small']],
  ])('names a model goes by as well: %s', (_, answers, models, aliases) => {
    expect(identify({ ...answers, models: list(...models) })?.models).toMatchObject([{ aliases }])
  })

  it('whoever lists models and says no more', () => {
    expect(identify({ models: list(model('me'), { object: 'model' }) })).toEqual({
      server: 'unknown',
      models: [{ id: 'm' }],
    })
  })
})

describe('keys', () => {
  it.each<[string, ProbeAnswer, boolean]>([
    ['JSON', answer({ error: 'Unauthorized' }, 401), true],
    ['a wish for a bearer token', answer('', 401, { 'www-authenticate': 'Bearer' }), true],
    ['a web page', answer('<h1>Sign in</h1>', 401), false],
    ['a password', answer('', 401, { 'www-authenticate': 'Basic realm="x"' }), false],
    ['AWS', answer({ message: 'no' }, 403, { 'x-amzn-errortype': 'AccessDeniedException' }), false],
  ])('%s under 401 or 403', (_, models, locked) => {
    expect(identify({ models })).toEqual(locked ? { server: 'unknown', locked: true } : undefined)
  })

  it('a locked server is named where something open names it', () => {
    const answers = {
      models: answer({ error: 'Unauthorized' }, 401),
      metrics: answer('vllm:num_requests_running 0'),
    }
    expect(identify(answers)).toEqual({ server: 'vllm', locked: true })
  })
})

describe('what is none of these', () => {
  it.each<[string, ProbeAnswers]>([
    ['nothing answers', Object.fromEntries(probe.requests(HERE).map(({ name }) => [name, SILENT]))],
    ['everything is 404', {}],
    ['a web page', { models: answer('<h1>Welcome</h1>'), health: answer('<h1>Welcome</h1>') }],
    [
      'another API',
      { models: answer({ models: [] }), version: answer({ version: '1' }), health: answer('') },
    ],
    ['a list of models under an error', { models: answer({ data: [] }, 500) }],
  ])('%s', (_, answers) => {
    expect(identify(answers)).toBeUndefined()
  })

  it('no answers at all, wherever they were expected from', () => {
    expect(probe.identify({}, HERE)).toBeUndefined()
    expect(probe.identify({}, new URL('https://api.openai.com'))).toBeUndefined()
  })
})

describe("Azure's own probe", () => {
  const azure = azurePlugin({ apiKey: 'k-1' }).probe
  const there = new URL('https://r.openai.azure.com/openai/v1')
  const models = list(model('system'))

  it('asks under /openai/v1, with the key as api-key', () => {
    expect(azure?.requests(there)).toEqual([{ name: 'models', url: '/openai/v1/models' }])
    expect(azure?.authorization?.()).toEqual({ 'api-key': 'k-1' })
  })

  it.each<[string, URL, ProbeAnswer, ServerInfo | undefined]>([
    ['what is Azure', there, models, { server: 'azure' }],
    ['what wants its key', there, answer({ error: { code: '401' } }, 401), { server: 'azure', locked: true }],
    ['nothing else', HERE, models, undefined],
    ['nothing that does not answer', there, NOT_FOUND, undefined],
  ])('claims %s', (_, target, answered, info) => {
    expect(azure?.identify({ models: answered }, target)).toEqual(info)
  })
})

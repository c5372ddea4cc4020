import type { Call } from 'loadbench/plugin'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openai } from './openai.ts'
import { azurePlugin, azureResponsesPlugin } from './plugin.ts'
import type { AzureSettings } from './settings.ts'

beforeEach(() => {
  for (const name of [
    'AZURE_OPENAI_API_KEY',
    'AZURE_OPENAI_ENDPOINT',
    'OPENAI_API_VERSION',
    'OPENAI_API_KEY',
  ]) {
    vi.stubEnv(name, undefined)
  }
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const chat = (model?: string): Call => ({
  kind: 'chat',
  messages: [],
  ...(model === undefined ? {} : { model }),
})
const completion: Call = { kind: 'completion', prompt: 'Once' }
const embedding: Call = { kind: 'embedding', input: 'Hi' }
const CLASSIC: AzureSettings = { deployment: 'my gpt', apiVersion: '2024-10-21' }
const ENDPOINT = 'https://r.openai.azure.com'
const encode = (settings: AzureSettings, call: Call = chat(), endpoint = ENDPOINT) =>
  azurePlugin(settings).encode(call, new URL(endpoint))
const modelIn = (settings: AzureSettings, call: Call) =>
  (JSON.parse(String(encode(settings, call).body)) as { model: unknown }).model

describe('paths of Azure', () => {
  it.each<[string, AzureSettings, Call, string]>([
    ['chat', CLASSIC, chat(), '/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21'],
    ['completion', CLASSIC, completion, '/openai/deployments/my%20gpt/completions?api-version=2024-10-21'],
    ['embedding', CLASSIC, embedding, '/openai/deployments/my%20gpt/embeddings?api-version=2024-10-21'],
    ['chat, v1', { deployment: 'gpt' }, chat(), '/openai/v1/chat/completions'],
    ['embedding, v1', { deployment: 'gpt' }, embedding, '/openai/v1/embeddings'],
  ])('%s', (_, settings, call, path) => {
    expect(encode(settings, call).path).toBe(path)
  })

  it('responses are on v1 only', () => {
    expect(azureResponsesPlugin(CLASSIC).encode(chat(), new URL(ENDPOINT)).path).toBe('/openai/v1/responses')
  })

  it.each([
    [`${ENDPOINT}/`, '/openai/v1/chat/completions'],
    [`${ENDPOINT}/openai`, '/openai/v1/chat/completions'],
    [`${ENDPOINT}/openai/v1/`, '/openai/v1/chat/completions'],
    ['https://gateway/eu/openai', '/eu/openai/v1/chat/completions'],
    [`${ENDPOINT}?api-version=preview`, '/openai/v1/chat/completions?api-version=preview'],
  ])('of the endpoint %s', (endpoint, path) => {
    expect(encode({ deployment: 'd' }, chat(), endpoint).path).toBe(path)
  })

  it('a version in the endpoint stands', () => {
    const { path } = encode(CLASSIC, chat(), `${ENDPOINT}?api-version=2025-01-01-preview`)
    expect(path).toBe('/openai/deployments/my%20gpt/chat/completions?api-version=2025-01-01-preview')
  })

  it('the version comes from the environment, unless the settings say otherwise', () => {
    vi.stubEnv('OPENAI_API_VERSION', '2024-06-01')
    expect(encode({ deployment: 'd' }).path).toContain('?api-version=2024-06-01')
    expect(encode(CLASSIC).path).toContain('?api-version=2024-10-21')
    expect(encode({ deployment: 'd', apiVersion: '' }).path).toBe('/openai/v1/chat/completions')
  })
})

describe('the deployment', () => {
  it.each<[string, AzureSettings, Call, string]>([
    ['that of the client', { deployment: 'd' }, chat(), 'd'],
    ['the model of the client, where it names no other', { model: 'm' }, chat(), 'm'],
    ['that of the client, whatever its model is called', { deployment: 'd', model: 'm' }, chat('m'), 'd'],
    ['that of the call before both', { deployment: 'd', model: 'm' }, chat('other'), 'other'],
  ])('is %s', (_, settings, call, deployment) => {
    expect(modelIn(settings, call)).toBe(deployment)
    expect(encode({ ...settings, apiVersion: 'v' }, call).path).toContain(`/deployments/${deployment}/`)
  })

  it('has to be named', () => {
    expect(() => encode({})).toThrow(expect.objectContaining({ code: 'LB_CALL_INVALID' }))
  })
})

describe('the key', () => {
  const keysOf = (settings: AzureSettings) => {
    const { authorization, 'api-key': apiKey } = encode({ deployment: 'd', ...settings }).headers
    return { authorization, apiKey }
  }

  it('is sent as api-key, from the settings or the environment', () => {
    expect(keysOf({})).toEqual({})
    vi.stubEnv('AZURE_OPENAI_API_KEY', 'k-env')
    vi.stubEnv('OPENAI_API_KEY', 'sk-not-this-one')
    expect(keysOf({})).toEqual({ apiKey: 'k-env' })
    expect(keysOf({ apiKey: 'k-1' })).toEqual({ apiKey: 'k-1' })
    expect(keysOf({ apiKey: '' })).toEqual({})
  })

  it('gives way to a token of Entra ID', () => {
    expect(keysOf({ apiKey: 'k-1', entraToken: 't-1' })).toEqual({ authorization: 'Bearer t-1' })
  })

  it('a token that is asked for is asked for each request, but not for the simulator', async () => {
    const entraToken = vi.fn(() => Promise.resolve('t-2'))
    const plugin = azurePlugin({ deployment: 'd', apiKey: 'k-1', entraToken })
    const target = new URL(ENDPOINT)
    const request = plugin.encode(chat(), target)
    expect(request.headers).not.toHaveProperty('api-key')
    expect(await plugin.sign?.(request, target, { simulated: true })).toBe(request)
    expect(entraToken).not.toHaveBeenCalled()
    expect((await plugin.sign?.(request, target, { simulated: false }))?.headers).toMatchObject({
      authorization: 'Bearer t-2',
    })
    expect(entraToken).toHaveBeenCalledOnce()
  })

  it('without a function nothing is signed', () => {
    expect(azurePlugin({ deployment: 'd' })).not.toHaveProperty('sign')
  })
})

it('the plugin names itself and its variables', () => {
  expect(azurePlugin()).toMatchObject({ name: 'azure', targetVariables: ['AZURE_OPENAI_ENDPOINT'] })
})

it('is a property of openai', () => {
  expect(Object.keys(openai.azure({ endpoint: ENDPOINT, deployment: 'd' }))).toEqual([
    'chat',
    'complete',
    'respond',
    'embed',
  ])
})

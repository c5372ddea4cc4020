import { describe, expect, it } from 'vitest'
import { ollamaPlugin } from './plugin.ts'
import type { OllamaSettings } from './settings.ts'

const TARGET = new URL('http://localhost:11434/base')
const warmUp = (settings: OllamaSettings) => ollamaPlugin({ apiKey: '', ...settings }).warmUp?.(TARGET)

describe('the warm-up', () => {
  it('asks for a text of nothing, which loads the model', () => {
    expect(warmUp({ model: 'llama3' })).toEqual([
      {
        method: 'POST',
        path: '/base/api/generate',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          'accept-encoding': 'identity',
        },
        body: '{"model":"llama3","prompt":"","stream":false}',
      },
    ])
  })

  it('a model that only embeds is loaded by embedding nothing', () => {
    const [request] = warmUp({ model: 'all-minilm', warmUp: 'embed' }) ?? []
    expect(request).toMatchObject({ path: '/base/api/embed', body: '{"model":"all-minilm","input":[]}' })
  })

  it('loads with what calls are sent with, so that the first of them finds its runner', () => {
    const settings: OllamaSettings = {
      model: 'llama3',
      keepAlive: -1,
      options: { num_ctx: 8192 },
      extra: { shift: false, options: { num_gpu: 1 } },
      think: true,
      format: 'json',
    }
    const [request] = warmUp(settings) ?? []
    const call = ollamaPlugin(settings).encode({ kind: 'completion', prompt: 'Hi' }, TARGET)
    const { think, format, prompt, stream, ...shared } = JSON.parse(String(call.body))
    expect(JSON.parse(String(request?.body))).toEqual({ ...shared, prompt: '', stream: false })
    expect(shared).toMatchObject({ keep_alive: -1, shift: false, options: { num_ctx: 8192, num_gpu: 1 } })
    expect({ think, format, prompt, stream }).toEqual({
      think: true,
      format: 'json',
      prompt: 'Hi',
      stream: true,
    })
  })

  it('carries the key and the headers of the client', () => {
    const [request] = warmUp({ model: 'llama3', apiKey: 'ok-1', headers: { 'X-Team': 'a' } }) ?? []
    expect(request?.headers).toMatchObject({ authorization: 'Bearer ok-1', 'x-team': 'a' })
  })

  it.each<[string, OllamaSettings]>([
    ['no model is named', {}],
    ['the script wants none', { model: 'llama3', warmUp: false }],
    ['the model is not to stay', { model: 'llama3', keepAlive: 0 }],
    ['the model is not to stay', { model: 'llama3', keepAlive: '0s' }],
  ])('there is none where %s', (_, settings) => {
    expect(warmUp(settings)).toEqual([])
  })
})

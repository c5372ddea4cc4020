import { afterEach, describe, expect, it, vi } from 'vitest'
import { readHost } from './host.ts'
import { ollamaPlugin } from './plugin.ts'

describe('OLLAMA_HOST in the forms Ollama reads', () => {
  it.each([
    ['127.0.0.1:11434', 'http://127.0.0.1:11434'],
    ['10.0.0.7', 'http://10.0.0.7:11434'],
    ['gpu-1', 'http://gpu-1:11434'],
    ['gpu-1:', 'http://gpu-1:11434'],
    [':8080', 'http://127.0.0.1:8080'],
    ['0.0.0.0', 'http://127.0.0.1:11434'],
    ['0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['http://0.0.0.0:8080', 'http://127.0.0.1:8080'],
    ['[::]:8080', 'http://[::1]:8080'],
    ['::1', 'http://[::1]:11434'],
    ['fe80::1', 'http://[fe80::1]:11434'],
    ['[::1]', 'http://[::1]:11434'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['http://', 'http://127.0.0.1'],
    ['http://gpu-1', 'http://gpu-1'],
    ['https://llm.example.com', 'https://llm.example.com'],
    ['https://llm.example.com:8443/ollama/', 'https://llm.example.com:8443/ollama'],
    ['gpu-1/ollama', 'http://gpu-1:11434/ollama'],
    ['user:pw@gpu-1:8080', 'http://user:pw@gpu-1:8080'],
    ['ollama.com', 'https://ollama.com'],
    [' "10.0.0.7:1" ', 'http://10.0.0.7:1'],
  ])('%s is %s', (text, address) => {
    expect(readHost(text)).toBe(address)
    expect(URL.canParse(address)).toBe(true)
  })

  it.each([[undefined], [''], [' '], ['""']])('%j is not set: no server is guessed', (text) => {
    expect(readHost(text)).toBeUndefined()
  })

  it.each([['gpu-1:http'], ['gpu-1:99999'], ['ftp://gpu-1'], ['gpu 1']])('%s is no address', (text) => {
    expect(() => readHost(text)).toThrowError(
      expect.objectContaining({
        code: 'LB_TARGET_INVALID',
        message: expect.stringContaining('OLLAMA_HOST is'),
        hint: expect.stringContaining('127.0.0.1:11434'),
      }),
    )
  })

  it('a password in it is not told', () => {
    expect(() => readHost('ftp://user:geheim@gpu-1')).toThrowError(
      expect.not.objectContaining({ message: expect.stringContaining('geheim') }),
    )
  })
})

describe('where calls go when nothing else says so', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('is what OLLAMA_HOST says, read when it is asked for', async () => {
    const plugin = ollamaPlugin()
    vi.stubEnv('OLLAMA_HOST', 'gpu-1')
    await expect(plugin.defaultTarget?.()).resolves.toBe('http://gpu-1:11434')
    vi.stubEnv('OLLAMA_HOST', undefined)
    await expect(plugin.defaultTarget?.()).resolves.toBeUndefined()
    vi.stubEnv('OLLAMA_HOST', 'gpu 1')
    await expect(plugin.defaultTarget?.()).rejects.toMatchObject({ code: 'LB_TARGET_INVALID' })
  })

  it('names the variable for the message when there is none', () => {
    expect(ollamaPlugin()).toMatchObject({ targetVariables: [], defaultTargetHint: 'OLLAMA_HOST' })
  })
})

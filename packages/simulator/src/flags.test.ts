import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settingsFromFlags, SIMULATOR_FLAGS } from './flags.ts'
import { parseSettings } from './schema.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-flags-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

describe('flags', () => {
  it('are described, every one, and fill settings that exist', () => {
    for (const [name, { description, setting }] of Object.entries(SIMULATOR_FLAGS)) {
      expect(description, name).not.toBe('')
      if (setting === undefined) expect(name).toBe('config')
      else
        expect(parseSettings({ [setting]: {} }), name).not.toMatchObject({
          problems: [{ message: 'is unknown' }],
        })
    }
  })

  it('give the same settings as the file would', () => {
    const flags = {
      port: 8_000,
      host: '0.0.0.0',
      ttft: '200',
      itl: 'normal:20,2',
      'output-tokens': 'uniform:10,90',
      'tokens-per-chunk': '4',
      'prefill-per-token': 0.1,
      slots: 8,
      'queue-limit': 16,
      'role-chunk': 'early',
      'reasoning-tokens': '12',
      'tool-calls': 'always',
      usage: 'every-chunk',
      'api-key': 'secret',
      'aws-key': ['LOAD=a=b', 'TEST=c'],
      models: ['a,b', 'c'],
      speaks: 'tgi,ollama',
      dimensions: 8,
      'load-time': 500,
      seed: 7,
      fault: ['rate-limit=0.02', 'stall=0.01'],
      truth: 100,
      // What yargs adds by itself.
      _: [],
      $0: 'loadbench',
      outputTokens: 'uniform:10,90',
    }
    expect(settingsFromFlags(flags)).toEqual(
      parseSettings({
        port: 8_000,
        host: '0.0.0.0',
        ttft: 200,
        itl: 'normal:20,2',
        outputTokens: { uniform: [10, 90] },
        tokensPerChunk: 4,
        prefillPerToken: 0.1,
        slots: 8,
        queueLimit: 16,
        roleChunk: 'early',
        reasoningTokens: 12,
        toolCalls: 'always',
        usage: 'every-chunk',
        apiKey: 'secret',
        awsKeys: { LOAD: 'a=b', TEST: 'c' },
        models: ['a', 'b', 'c'],
        speaks: ['tgi', 'ollama'],
        dimensions: 8,
        loadTime: 500,
        seed: 7,
        faults: { 'rate-limit': 0.02, stall: 0.01 },
        truth: 100,
      }),
    )
  })

  it('left out give the defaults', () => {
    expect(settingsFromFlags({})).toEqual(parseSettings({}))
    expect(settingsFromFlags({ port: undefined, config: undefined })).toEqual(parseSettings({}))
  })

  it('take a fault alone as certain, and one by itself as a list', () => {
    expect(settingsFromFlags({ fault: 'stall' })).toEqual(parseSettings({ faults: { stall: 1 } }))
  })

  it('go before the file', () => {
    const config = file('settings.json', '{"ttft": 500, "itl": 7, "text": "hi"}')
    expect(settingsFromFlags({ config, ttft: '200' })).toEqual(
      parseSettings({ ttft: 200, itl: 7, text: 'hi' }),
    )
  })

  it('tell what is wrong in the words they were given in', () => {
    const config = file('wrong.json', '{"itl": -7, "slots": 0}')
    const result = settingsFromFlags({
      config,
      slots: 4,
      ttft: 'soon',
      fault: ['explode=0.1', 'stall=often'],
      port: Number.NaN,
      speaks: 'tgi,vllm',
      'aws-key': 'LOAD',
    })
    expect(result).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ path: '--config: itl', message: 'is -7' }),
        expect.objectContaining({ path: '--ttft', message: 'is "soon"' }),
        expect.objectContaining({ path: '--fault explode', message: 'is unknown' }),
        expect.objectContaining({ path: '--fault stall', message: 'is "often"' }),
        expect.objectContaining({ path: '--port', message: 'is NaN' }),
        expect.objectContaining({ path: '--speaks vllm', message: 'is a server that speaks openai' }),
        expect.objectContaining({ path: '--aws-key LOAD', message: 'is ""' }),
      ]),
    })
    expect('problems' in result && result.problems).toHaveLength(7)
  })

  it.each([
    ['is not there', () => join(folder, 'missing.json'), /cannot be read: ENOENT/],
    ['is no JSON', () => file('broken.json', '{'), /cannot be read: /],
    ['holds a number', () => file('number.json', '5'), /holds no object/],
    ['holds a list', () => file('list.json', '[]'), /holds no object/],
  ])('name a file that %s', (_, path, message) => {
    const config = path()
    expect(settingsFromFlags({ config })).toMatchObject({
      problems: [{ path: `--config ${config}`, message: expect.stringMatching(message) }],
    })
  })
})

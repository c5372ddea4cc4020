import { describe, expect, it } from 'vitest'
import type { FoundServer } from '../../model/summary.ts'
import { paint } from './paint.ts'
import { probeText } from './probe.ts'
import { serverText } from './server.ts'

const target = 'http://host:8000/'
const VLLM: FoundServer = { provider: 'openai', target, server: 'vllm', version: '0.10.0', healthy: true }
const LLAMA = {
  id: 'org/llama',
  aliases: ['llama'],
  contextLength: 8192,
  details: { quantization: 'fp8', loaded: true },
}

describe('what a probe found, on a terminal', () => {
  it('has a row for each provider, and everything that was told below', () => {
    const found: FoundServer[] = [
      { ...VLLM, models: [LLAMA, { id: 'b' }], configuration: { tp: 2 }, warnings: ['It swaps.'] },
      { provider: 'other', target, server: 'unknown', healthy: false, locked: true },
    ]
    expect(probeText(target, found, paint(false)).split('\n')).toEqual([
      '',
      '  http://host:8000/',
      '',
      '  provider  server   version  healthy  models',
      '  openai    vllm     0.10.0   yes           2',
      '  other     unknown  –        no       locked',
      '',
      '  MODELS (openai)',
      '  org/llama  context 8192  also llama, quantization fp8, loaded true',
      '  b',
      '',
      '  CONFIGURATION (openai)',
      '  tp  2',
      '',
      '  WARNINGS (openai)',
      '  ! It swaps.',
      '',
      '  WARNINGS (other)',
      '  ! It wants a key: ask with --provider other, with the key set.',
      '',
      '',
    ])
  })

  it('stays within 80 columns: what a server tells of its models goes below them', () => {
    const details = { family: 'llama', parameter_size: '8.0B', quantization: 'Q4_K_M', size: 4_920_753_328 }
    const models = [{ id: 'sim-8b', details: { ...details, loaded: false } }, { id: 'other' }]
    const lines = probeText(target, [{ ...VLLM, models }], paint(false)).split('\n')
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.slice(6, 11)).toEqual([
      '  MODELS (openai)',
      '  sim-8b',
      '      family llama, parameter_size 8.0B, quantization Q4_K_M, size 4920753328,',
      '      loaded false',
      '  other',
    ])
  })

  it('shows the first of many models', () => {
    const models = Array.from({ length: 25 }, (_, index) => ({ id: `m${index}` }))
    const text = probeText(target, [{ ...VLLM, models }], paint(false))
    expect(text).toContain('m19')
    expect(text).not.toContain('m20')
    expect(text).toContain('and 5 more; --json shows them all')
  })

  it('does not pass on what a server could do to a terminal', () => {
    const evil = '\u001B[2Jx'
    const found = { ...VLLM, server: evil, version: evil, models: [{ id: evil }], warnings: [evil] }
    const text = probeText(target, [{ ...found, configuration: { [evil]: evil } }], paint(false))
    expect(text).not.toContain('\u001B')
    expect(serverText(found)).not.toContain('\u001B')
  })
})

describe('what serves, in a line above a run', () => {
  it.each<[FoundServer, string]>([
    [VLLM, 'openai → vllm 0.10.0'],
    [{ ...VLLM, models: [LLAMA] }, 'openai → vllm 0.10.0, org/llama (context 8192)'],
    [
      { ...VLLM, models: [LLAMA, { id: 'b' }], healthy: false },
      'openai → vllm 0.10.0, 2 models, says it is not ready',
    ],
    [{ provider: 'tgi', target, server: 'tgi', models: [], locked: true }, 'tgi → tgi, wants a key'],
    [
      { provider: 'tgi', target, server: 'tgi', models: [], locked: true, keyRefused: true },
      'tgi → tgi, refuses the key',
    ],
  ])('%#', (server, expected) => {
    expect(serverText(server)).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import type { Plan } from '../model/plan.ts'
import { argumentsWithoutSecrets, planWithoutSecrets, withoutCredentials } from './secrets.ts'

describe('what is written to disk', () => {
  it.each([
    ['http://user:pass@host:8000/v1', 'http://host:8000/v1'],
    ['https://host/v1?api-key=abc&x=1', 'https://host/v1?api-key=%5Bremoved%5D&x=1'],
    ['not a url', 'not a url'],
  ])('holds no credentials of the address %s', (address, expected) => {
    expect(withoutCredentials(address)).toBe(expected)
  })

  it.each([
    [
      ['-e', 'MY_TOKEN=s3cret'],
      ['-e', 'MY_TOKEN=[removed]'],
    ],
    [['--env=API_KEY=s3cret'], ['--env=API_KEY=[removed]']],
    [
      ['-e', 'MODEL=llama'],
      ['-e', 'MODEL=llama'],
    ],
    [
      ['--target', 'http://me:pw@host/'],
      ['--target', 'http://host/'],
    ],
    [
      ['--target', 'openai=http://me:pw@host/'],
      ['--target', 'openai=http://host/'],
    ],
    [['-eMY_TOKEN=s3cret'], ['-eMY_TOKEN=[removed]']],
    [
      ['--target', 'https://host/v1?api_key=s3cret&x=1'],
      ['--target', 'https://host/v1?api_key=[removed]&x=1'],
    ],
    [
      ['--simulate', '{"ttft":5,"apiKey": "s3\\"cret"}'],
      ['--simulate', '{"ttft":5,"apiKey": "[removed]"}'],
    ],
    [
      ['--out', 'json=points.ndjson'],
      ['--out', 'json=points.ndjson'],
    ],
  ])('holds no secrets of the arguments %j', (argv, expected) => {
    expect(argumentsWithoutSecrets(argv)).toEqual(expected)
  })

  it('holds no secrets of a scenario environment, and everything else of the plan', () => {
    const plan = {
      scenarios: [{ name: 'a', env: { HF_TOKEN: 'x', MODEL: 'm' } }],
      thresholds: [{ key: 'ttft' }],
    }
    expect(planWithoutSecrets(plan as unknown as Plan)).toEqual({
      scenarios: [{ name: 'a', env: { HF_TOKEN: '[removed]', MODEL: 'm' } }],
      thresholds: [{ key: 'ttft' }],
    })
  })
})

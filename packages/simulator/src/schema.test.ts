import { describe, expect, it } from 'vitest'
import { describeProblems, type Problem } from './problem.ts'
import { parseSettings, settingsOrThrow, SettingsError } from './schema.ts'

const problems = (value: unknown): readonly Problem[] => {
  const result = parseSettings(value)
  return 'problems' in result ? result.problems : []
}

describe('settings', () => {
  it('have defaults that make a short, lively run', () => {
    expect(settingsOrThrow({})).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      ttft: { lognormal: { median: 180 } },
      itl: { lognormal: { median: 20 } },
      outputTokens: { fixed: 64 },
      usage: 'on-request',
      faults: {},
    })
  })

  it('checked once are settings still, and plain JSON', () => {
    const settings = settingsOrThrow({ ttft: 'normal:200,20', itl: 5, faults: { stall: 0.1 }, models: ['a'] })
    expect(settingsOrThrow(settings)).toEqual(settings)
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings)
  })

  it('that are undefined keep their defaults', () => {
    expect(parseSettings({ ttft: undefined, slots: undefined })).toEqual(parseSettings({}))
  })

  it('tell everything that is wrong at once, with the place and what is allowed', () => {
    const found = problems({
      ttft: 'normall:1',
      slots: 0,
      port: 70_000,
      usage: 'sometimes',
      faults: { stall: 2, explode: 0.1 },
      fault: 'explode',
      models: [],
      text: 5,
      tftt: 200,
    })
    const byPath = new Map(found.map((problem) => [problem.path, problem]))
    expect([...byPath.keys()].toSorted()).toEqual([
      'fault',
      'faults',
      'faults.explode',
      'faults.stall',
      'models',
      'port',
      'slots',
      'text',
      'tftt',
      'ttft',
      'usage',
    ])
    expect(byPath.get('ttft')).toMatchObject({
      message: 'is "normall:1"',
      allowed: expect.stringContaining('lognormal:'),
    })
    expect(byPath.get('usage')?.allowed).toBe('on-request, always, never, finish-chunk, every-chunk')
    expect(byPath.get('faults.explode')).toMatchObject({
      message: 'is unknown',
      allowed: expect.stringContaining('rate-limit'),
    })
    expect(byPath.get('tftt')).toMatchObject({
      message: 'is unknown',
      allowed: expect.stringContaining('ttft'),
    })
    expect(byPath.get('slots')).toEqual({
      path: 'slots',
      message: 'is 0',
      allowed: 'requests: a whole number from 1',
    })
  })

  it('refuse faults that are more than certain', () => {
    expect(problems({ faults: { stall: 0.6, truncate: 0.5 } })).toMatchObject([
      { path: 'faults', message: 'add up to 1.1' },
    ])
    expect(problems({ faults: { stall: 0.7, truncate: 0.1, empty: 0.2 } })).toEqual([])
  })

  it.each([5, null, 'text', []])('that are %j are none', (value) => {
    expect(problems(value)).toMatchObject([{ path: '', allowed: 'an object of settings' }])
  })

  it('of the wrong kind throw one error that names all of it', () => {
    const wrong = JSON.parse('{"itl":-1,"seed":0.5}') as object
    expect(() => settingsOrThrow(wrong)).toThrow(SettingsError)
    expect(() => settingsOrThrow(wrong)).toThrow(/itl is -1; allowed: .*seed is 0.5; allowed: a whole number/)
  })
})

describe('problems in words', () => {
  const wrong: Problem = { path: 'port', message: 'is -1', allowed: '0 to 65535' }
  const words = (value: unknown) => describeProblems(problems(value))

  it('are a sentence each', () => {
    expect(describeProblems([wrong])).toEqual(['port is -1; allowed: 0 to 65535'])
    expect(words({ speaks: ['openai', 'grpc', ''] })).toEqual([
      'speaks.grpc is unknown',
      'speaks.2 is ""; allowed: a list of openai, ollama, tgi, bedrock, sagemaker',
    ])
  })

  it.each([
    ['vllm', 'openai'],
    ['SGLang', 'openai'],
    ['azure', 'openai'],
    ['aws', 'bedrock'],
  ])('say what %s speaks', (name, protocol) => {
    expect(words({ speaks: [name] })[0]).toContain(
      `speaks.${name} is a server that speaks ${protocol}; allowed: a list of openai,`,
    )
  })

  it('tell what is allowed once, with the last of its kind', () => {
    const lines = words({ faults: { explode: 0.1, implode: 0.1 }, slots: 0 })
    expect(lines.filter((line) => line.includes('rate-limit'))).toEqual([
      expect.stringMatching(/^faults\.implode is unknown; allowed: .*not-streamed$/),
    ])
    expect(lines).toContain('faults.explode is unknown')
  })

  it('leave that out where it is known what was meant', () => {
    const suggest = (name: string, known: readonly string[]) =>
      name === 'stal' ? `; did you mean "${known.find((one) => one === 'stall') ?? ''}"?` : ''
    expect(describeProblems(problems({ faults: { stal: 1 }, slots: 0 }), suggest)).toEqual([
      'faults.stal is unknown; did you mean "stall"?',
      expect.stringContaining('slots is 0; allowed:'),
    ])
    const unknown = problems({ usage: 'x', speaks: ['y'], tftt: 1 }).map((problem) => problem.unknown)
    expect(unknown).toEqual(
      expect.arrayContaining([
        { name: 'x', known: expect.arrayContaining(['on-request']) },
        { name: 'y', known: expect.arrayContaining(['sagemaker']) },
        { name: 'tftt', known: expect.arrayContaining(['ttft']) },
      ]),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from './random.ts'
import { callArguments } from './toolcall.ts'

const PARAMETERS = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    unit: { enum: ['celsius', 'fahrenheit'] },
    days: { type: 'integer' },
    hourly: { type: 'boolean' },
    none: { type: 'null' },
    maybe: { type: ['string', 'null'] },
    tags: { type: 'array', items: { type: 'string' } },
    place: { type: 'object', properties: { country: { type: 'string' } } },
  },
}

describe('the arguments of a tool call', () => {
  it('hold a value of the right kind for every parameter', () => {
    const fragments = callArguments({ name: 'weather', parameters: PARAMETERS }, 20, seeded(1, 1))
    expect(JSON.parse(fragments.join(''))).toEqual({
      city: expect.stringMatching(/\w+ \w+/),
      unit: 'celsius',
      days: 1,
      hourly: true,
      none: null,
      maybe: expect.any(String),
      tags: [expect.any(String)],
      place: { country: expect.any(String) },
    })
  })

  it('are JSON in exactly as many fragments as asked for, none of them empty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(), (count, seed) => {
        const tool = { name: 't', parameters: { properties: { q: { type: 'string' } } } }
        const fragments = callArguments(tool, count, seeded(seed, 1))
        expect(fragments).toHaveLength(count)
        expect(fragments).not.toContain('')
        expect(JSON.parse(fragments.join(''))).toEqual({ q: expect.any(String) })
      }),
    )
  })

  it.each([undefined, null, 'x', {}, { type: 'object' }])(
    'are an empty object for parameters %j',
    (parameters) => {
      expect(callArguments({ name: 't', parameters }, 10, seeded(1, 1))).toEqual(['{', '}'])
    },
  )
})

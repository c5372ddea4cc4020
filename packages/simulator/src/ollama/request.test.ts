import { describe, expect, it } from 'vitest'
import { keepAliveOf, readChat, readGenerate } from './request.ts'

describe('keep_alive', () => {
  it.each([
    [undefined, 300_000],
    [null, 300_000],
    [0, 0],
    ['0', 0],
    [30, 30_000],
    [-1, Infinity],
    ['-1m', Infinity],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['1.5s', 1_500],
    ['250ms', 250],
    ['soon', 300_000],
  ])('of %j keeps a model for %j ms', (value, millis) => {
    expect(keepAliveOf(value)).toBe(millis)
  })
})

describe('a request to Ollama', () => {
  it.each([
    [{}, true],
    [{ stream: true }, true],
    [{ stream: false }, false],
  ])('%j is streamed: %j', (fields, streamed) => {
    expect(readGenerate({ model: 'm', prompt: 'x', ...fields })).toMatchObject({ streamed })
  })

  it.each([
    [{ num_predict: 7 }, 7],
    [{ num_predict: -1 }, undefined],
    [{}, undefined],
  ])('with options %j has the limit %j', (options, maxTokens) => {
    const ask = readChat({ model: 'm', messages: [{ role: 'user', content: 'x' }], options })
    expect('maxTokens' in ask ? ask.maxTokens : undefined).toBe(maxTokens)
  })

  it('without a prompt loads the model, or lets it go', () => {
    expect(readGenerate({ model: 'm' })).toMatchObject({ only: 'load', promptTokens: 0, streamed: false })
    expect(readChat({ model: 'm', messages: [], keep_alive: 0 })).toMatchObject({ only: 'unload' })
  })

  it('reasons unless told not to', () => {
    expect(readGenerate({ model: 'm', prompt: 'x' })).toMatchObject({ reasons: true })
    expect(readGenerate({ model: 'm', prompt: 'x', think: 'low' })).toMatchObject({ reasons: true })
    expect(readGenerate({ model: 'm', prompt: 'x', think: false })).toMatchObject({ reasons: false })
  })

  it('has to name a model', () => {
    expect(readChat({ messages: [] })).toEqual({ complaint: expect.stringContaining('model') })
    expect(readGenerate({ model: '' })).toEqual({ complaint: expect.stringContaining('model') })
  })
})

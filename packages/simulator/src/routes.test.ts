import { afterEach, describe, expect, it } from 'vitest'
import { ask } from '../test/client.ts'
import type { Simulator } from './server.ts'
import { PROTOCOLS, type ProtocolName } from './settings.ts'
import { serveSimulator } from './simulator.ts'

let simulator: Simulator | undefined
afterEach(async () => {
  await simulator?.stop()
  simulator = undefined
})

const serve = async (...speaks: readonly ProtocolName[]) => {
  simulator = await serveSimulator({ speaks, ttft: 1, itl: 1, outputTokens: 2 })
  const { port } = simulator
  return async (method: string, path: string) => await ask(port, { method, path })
}

/** What identifies a server, and what it answers where it is not that server. */
const MARKS = {
  openai: [
    ['GET', '/version', 200],
    ['GET', '/health', 200],
    ['GET', '/v1/models', 200],
    ['POST', '/v1/responses', 400],
    ['GET', '/info', 404],
    ['GET', '/api/version', 404],
    ['GET', '/', 404],
  ],
  ollama: [
    ['GET', '/', 200],
    ['HEAD', '/', 200],
    ['GET', '/api/version', 200],
    ['GET', '/v1/models', 200],
    ['GET', '/health', 404],
    ['GET', '/version', 404],
    ['GET', '/info', 404],
    ['GET', '/api/chat', 405],
  ],
  tgi: [
    ['GET', '/', 200],
    ['GET', '/info', 200],
    ['GET', '/health', 200],
    ['GET', '/ping', 200],
    ['GET', '/v1/models', 200],
    ['GET', '/version', 404],
    ['GET', '/api/tags', 404],
    ['GET', '/generate', 405],
  ],
} as const

describe.each(Object.keys(MARKS) as (keyof typeof MARKS)[])('a simulator that speaks %s only', (name) => {
  it('looks like that server', async () => {
    const request = await serve(name)
    for (const [method, path, status] of MARKS[name])
      expect([method, path, (await request(method, path)).status]).toEqual([method, path, status])
  })

  it('still tells of itself', async () => {
    const request = await serve(name)
    expect(JSON.parse((await request('GET', '/_sim/stats')).body)).toMatchObject({ accepted: 0 })
  })

  it('says whether it would answer, without being asked to', async () => {
    const request = await serve(name)
    const known = async (query: string) =>
      JSON.parse((await request('GET', `/_sim/route?${query}`)).body) as object
    expect(await known('method=POST&path=/v1/chat/completions')).toEqual({ known: true, speaks: [name] })
    expect(await known('path=%2Fv1%2Fchat%2Fcompletions')).toMatchObject({ known: true })
    expect(await known('method=GET&path=/v1/chat/completions')).toMatchObject({ known: false })
    expect(await known('path=/say')).toMatchObject({ known: false })
    expect(await known('')).toMatchObject({ known: false })
  })
})

describe('models', () => {
  it.each([
    ['openai', 'loadbench'],
    ['ollama', 'library'],
    ['tgi', 'sim-8b'],
  ] as const)('of %s are owned by %s', async (name, owner) => {
    const request = await serve(name)
    expect(JSON.parse((await request('GET', '/v1/models')).body)).toMatchObject({
      data: [{ owned_by: owner }],
    })
  })
})

describe('a simulator that speaks everything', () => {
  it('does so at one address: where paths meet, the method decides', async () => {
    const request = await serve(...PROTOCOLS)
    expect((await request('GET', '/')).body).toBe('Ollama is running')
    expect(JSON.parse((await request('POST', '/')).body)).toMatchObject({ error_type: 'validation' })
    expect((await request('PUT', '/')).status).toBe(405)
    for (const path of ['/version', '/info', '/api/version', '/health'])
      expect((await request('GET', path)).status).toBe(200)
  })

  it('is what it is unless set otherwise', async () => {
    simulator = await serveSimulator()
    const { port } = simulator
    expect((await ask(port, { method: 'GET', path: '/' })).body).toBe('Ollama is running')
    expect((await ask(port, { method: 'GET', path: '/info' })).status).toBe(200)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { chat, contentOf } from '../test/client.ts'
import type { SimulatorStats } from './backend.ts'
import { now } from './clock.ts'
import { serveSimulator, startSimulator } from './simulator.ts'
import type { TruthRecord } from './truth.ts'

/** Waits until a request has arrived. */
async function accepted(url: string): Promise<void> {
  for (;;) {
    const stats = (await (await fetch(`${url}/_sim/stats`)).json()) as SimulatorStats
    if (stats.accepted > 0) return
  }
}

// Starting a thread from the sources takes seconds where the machine is busy.
describe('a simulator in a thread of its own', { timeout: 60_000 }, () => {
  it('answers while this thread is busy', async () => {
    const simulator = await startSimulator({ ttft: 100, itl: 5, outputTokens: 10, truth: 1 })
    const heard = chat(simulator.port)
    await accepted(simulator.url)
    const until = now() + 1_000
    while (now() < until);
    expect(contentOf(await heard)).toHaveLength(10)
    const records = (await (await fetch(`${simulator.url}/_sim/truth`)).json()) as TruthRecord[]
    await simulator.stop()
    expect(records[0]?.tokens.at(-1)).toBeLessThan(until)
  })

  it('breaks off streams when it stops, and lets its port go', async () => {
    const simulator = await startSimulator({ ttft: 1, itl: 10_000 })
    const heard = chat(simulator.port)
    await accepted(simulator.url)
    await simulator.stop()
    expect((await heard).complete).toBe(false)
    await expect(fetch(simulator.url)).rejects.toThrow()
    const next = await serveSimulator({ port: simulator.port })
    await next.stop()
  })

  it('leaves nothing behind that keeps a process alive', async () => {
    const script = `
      import { startSimulator } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const simulator = await startSimulator({ itl: 10_000 })
      const body = JSON.stringify({ stream: true, messages: [{ role: 'user', content: 'x' }] })
      const response = await fetch(simulator.url + '/v1/chat/completions', { method: 'POST', body })
      const stream = response.text().catch(() => 'broken off')
      await simulator.stop()
      process.stdout.write(await stream)`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script])
    const [said, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ])
    expect(complaints).toBe('')
    expect([said, code]).toEqual(['broken off', 0])
  })

  it('can be stopped twice', async () => {
    const simulator = await startSimulator()
    await simulator.stop()
    await simulator.stop()
  })

  it('tells of a port that is taken', async () => {
    const other = await serveSimulator()
    await expect(startSimulator({ port: other.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await expect(serveSimulator({ port: other.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await other.stop()
  })

  it('does not start with settings that are wrong', async () => {
    await expect(startSimulator({ slots: 0 })).rejects.toMatchObject({
      name: 'SettingsError',
      problems: [{ path: 'slots' }],
    })
  })
})

describe('the address of a simulator', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
    ['0.0.0.0', '127.0.0.1'],
  ])('that listens on %s is at %s', async (host, at) => {
    const simulator = await serveSimulator({ host })
    expect(simulator.url).toBe(`http://${at}:${simulator.port}`)
    expect((await fetch(`${simulator.url}/health`)).status).toBe(200)
    await simulator.stop()
  })
})

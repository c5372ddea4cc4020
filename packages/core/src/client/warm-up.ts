import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { Call } from '../model/call.ts'
import type { Part } from '../model/part.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { Exchange } from '../transport/exchange.ts'
import { Wire } from '../transport/wire.ts'

/** After so many exchanges one more gains little. */
const EXCHANGES = 10

const EVENT = '9\r\ndata: x\n\n\r\n'
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n${EVENT.repeat(8)}0\r\n\r\n`
const PARTS: readonly Part[] = [
  { type: 'text-delta', text: 'x' },
  { type: 'finish', reason: 'stop' },
]
const CALL: Call = { kind: 'completion', prompt: 'x' }
const LIMITS = { connect: 1_000, headers: 1_000, firstToken: 1_000, betweenTokens: 1_000, total: 1_000 }

const plugin: ProviderPlugin = {
  apiVersion: 1,
  name: 'warm-up',
  targetVariables: [],
  encode: () => ({ method: 'POST', path: '/', headers: { accept: 'text/event-stream' }, body: 'x' }),
  framing: () => 'sse',
  decoder: () => () => PARTS,
}

/**
 * Carries out a few exchanges with a server of this thread's own, so that the first ones of a run find
 * compiled code: without it the first call of each worker takes 10 ms longer than the server did, which
 * a short run shows as its maximum. Takes some 50 ms; where nothing may listen, it does nothing.
 */
export async function warmUp(): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => socket.write(ANSWER))
  })
  try {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    return
  }
  const { port } = server.address() as AddressInfo
  const target = new URL(`http://127.0.0.1:${port}`)
  const wire = new Wire({ key: 'warm-up', origin: target, http2: false, tls: {} })
  const request = plugin.encode(CALL, target)
  for (let count = 0; count < EXCHANGES; count += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each on the connection the one before has left
    await new Promise<void>((resolve) => {
      new Exchange({ plugin, call: CALL, request, target, wire, limits: LIMITS }, resolve).start()
    })
  }
  wire.destroy()
  server.close()
  await once(server, 'close')
}

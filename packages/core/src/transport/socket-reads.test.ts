import { once } from 'node:events'
import net from 'node:net'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Millis } from '../model/clock.ts'
import { SocketReads } from './socket-reads.ts'

const busy = (millis: Millis) => {
  const until = performance.now() + millis
  while (performance.now() < until);
}

/** One end of a connection, read as a client reads it. */
interface Reader {
  readonly reads: SocketReads
  readonly socket: net.Socket
  /** What `read()` gave, and when that was read. */
  readonly got: { readonly text: string; readonly at: Millis }[]
  readonly text: () => string
}

let server: net.Server
/** The other ends, in the order of their connections. */
let peers: net.Socket[]

beforeEach(async () => {
  peers = []
  server = net.createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined)
    peers.push(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterEach(() => {
  for (const peer of peers) peer.destroy()
  server.close()
})

/** @param way how the socket gives its reads: a plain one by `onread`, one for TLS by `push`. */
async function connect(way: 'onread' | 'push', work: () => void = () => undefined): Promise<Reader> {
  const { port } = server.address() as net.AddressInfo
  const reads = new SocketReads()
  const socket = net.connect({ port, host: '127.0.0.1', ...(way === 'onread' && { onread: reads.onread }) })
  await once(socket, 'connect')
  reads.attach(socket)
  const got: { text: string; at: Millis }[] = []
  socket.on('readable', () => {
    for (let chunk: unknown = socket.read(); chunk !== null; chunk = socket.read()) {
      got.push({ text: (chunk as Buffer).toString(), at: reads.readAt })
      work()
    }
  })
  socket.on('error', () => undefined)
  await expect.poll(() => peers.length).toBeGreaterThan(0)
  return { reads, socket, got, text: () => got.map(({ text }) => text).join('') }
}

/** Whatever it is closed by. */
const closing = (socket: net.Socket) => new Promise((resolve) => socket.once('close', resolve))

describe.each(['onread', 'push'] as const)('the reads of a socket (%s)', (way) => {
  it('come whole and in order, however they were cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 3_000 }), { maxLength: 20 }),
        async (pieces) => {
          peers = []
          const reader = await connect(way)
          const ended = once(reader.socket, 'end')
          for (const piece of pieces) peers[0]?.write(piece)
          peers[0]?.end()
          await ended
          expect(reader.text()).toBe(pieces.join(''))
          reader.socket.destroy()
        },
      ),
      { numRuns: 20 },
    )
  })

  it('come whole where they are more than a socket may keep waiting', async () => {
    const reader = await connect(way)
    const ended = once(reader.socket, 'end')
    const sent = 'abcdefgh'.repeat(2_000_000)
    peers[0]?.end(sent)
    await ended
    expect(reader.text() === sent).toBe(true)
  })

  it('have the time at which they were made: work on one socket is not in the stamps of the others', async () => {
    const readers: Reader[] = []
    // oxlint-disable-next-line no-await-in-loop -- so that ends and peers have the same order
    while (readers.length < 20) readers.push(await connect(way, () => busy(5)))
    await expect.poll(() => peers.length).toBe(20)
    for (const peer of peers) peer.write('x')
    busy(20)
    await expect.poll(() => readers.every(({ got }) => got.length === 1)).toBe(true)
    const stamps = readers.map(({ got }) => got[0]?.at ?? Number.NaN)
    expect(Math.max(...stamps) - Math.min(...stamps)).toBeLessThan(50)
    for (const { socket } of readers) socket.destroy()
  })

  it('that wait count when the system then gives an error', async () => {
    const reader = await connect(way)
    const closed = closing(reader.socket)
    peers[0]?.write('the last words')
    const fail = () => reader.socket.destroy(Object.assign(new Error('reset'), { syscall: 'read' }))
    // After the next look at the sockets, and before what they gave is handed on.
    setImmediate(() => setImmediate(fail))
    await closed
    expect(reader.text()).toBe('the last words')
  })

  it('do not come any more after the reader gave up', async () => {
    const reader = await connect(way)
    const closed = closing(reader.socket)
    peers[0]?.write('too late')
    await new Promise((resolve) => setTimeout(resolve, 20))
    reader.got.length = 0
    peers[0]?.write('too late')
    reader.socket.destroy()
    await closed
    expect(reader.text()).toBe('')
  })

  it('end when the other side ends, at the time it was noticed', async () => {
    const reader = await connect(way)
    const ended = once(reader.socket, 'end')
    const before = performance.now()
    peers[0]?.end('bye')
    await ended
    expect(reader.text()).toBe('bye')
    const [last] = reader.got
    expect(last?.at).toBeGreaterThan(before)
    expect(reader.reads.readAt).toBeGreaterThanOrEqual(last?.at ?? Number.NaN)
  })
})

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

const written = (data: string) => `${data.length.toString(16)}\r\n${data}\r\n`
const HEAD = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

describe.each(['onread', 'push'] as const)('the data of an answer in chunks (%s)', (way) => {
  /** What went past the reader of a socket that let them with the first read, and when it was read. */
  async function passing(first: string) {
    const reader = await connect(way)
    const passed: { readonly text: string; readonly at: Millis }[] = []
    reader.socket.once('readable', () =>
      reader.reads.passChunks((data) => passed.push({ text: data.toString(), at: reader.reads.readAt })),
    )
    /** In reads of their own. */
    const write = async (...pieces: readonly string[]) => {
      for (const piece of pieces) {
        const arrived = reader.socket.bytesRead + Buffer.byteLength(piece)
        peers[0]?.write(piece)
        do {
          // oxlint-disable-next-line no-await-in-loop -- read before the next is written
          await new Promise((resolve) => setTimeout(resolve, 5))
        } while (reader.socket.bytesRead < arrived && !reader.socket.destroyed)
      }
    }
    await write(first)
    return { ...reader, passed, write, texts: () => passed.map(({ text }) => text) }
  }

  it('go past the reader, which gets the head and the end', async () => {
    const { write, texts, text, passed } = await passing(HEAD)
    await write(written('a'), written('b') + written('c'), written('d'.repeat(2_000)), '0\r\n\r\n')
    expect(texts()).toEqual(['a', 'b', 'c', 'd'.repeat(2_000)])
    expect(text()).toBe(`${HEAD}0\r\n\r\n`)
    const times = passed.map(({ at }) => at)
    expect(times[1]).toBe(times[2])
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    expect(times[0]).toBeLessThan(times[1] ?? 0)
  })

  it('go past it from the second read on: those that came with the head are its own', async () => {
    const { write, texts, text } = await passing(HEAD + written('a'))
    await write(written('b'))
    expect(texts()).toEqual(['b'])
    expect(text()).toBe(HEAD + written('a'))
  })

  it('are all its own from the first that does not come whole', async () => {
    const { write, texts, text } = await passing(HEAD)
    await write(written('a'), `${written('b')}5\r\nwh`, 'ole\r\n', written('c'))
    expect(texts()).toEqual(['a', 'b'])
    expect(text()).toBe(`${HEAD}5\r\nwhole\r\n${written('c')}`)
  })

  it.each([
    ['a head that began in another read', 'ransfer-encoding: chunked\r\n\r\n'],
    ['a head that is not all there', 'HTTP/1.1 200 OK\r\ntransfer-enc'],
    ['a chunk that began with the head', `${HEAD}5\r\nwh`],
  ])('are all its own after %s', async (_, first) => {
    const { write, texts, text } = await passing(first)
    await write(written('a'))
    expect(texts()).toEqual([])
    expect(text()).toBe(first + written('a'))
  })

  it('that wait count when the system then gives an error', async () => {
    const { socket, texts } = await passing(HEAD)
    const closed = closing(socket)
    peers[0]?.write(written('last'))
    const before = socket.bytesRead
    const waiting: string[][] = []
    const failOnceRead = () => {
      if (socket.bytesRead === before) return setImmediate(failOnceRead)
      waiting.push(texts())
      return socket.destroy(Object.assign(new Error('reset'), { syscall: 'read' }))
    }
    failOnceRead()
    await closed
    expect([...waiting, texts()]).toEqual([[], ['last']])
  })

  it('go nowhere once the socket is closed', async () => {
    const { socket, texts, text, write } = await passing(HEAD)
    const closed = closing(socket)
    peers[0]?.write(written('a'))
    await new Promise((resolve) => setTimeout(resolve, 20))
    await write(written('b'))
    socket.destroy()
    await closed
    await write(written('c'))
    expect(texts()).toEqual(['a', 'b'])
    expect(text()).toBe(HEAD)
  })
})

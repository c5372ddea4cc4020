import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { wireTo } from './__fixtures__/carry-out.ts'
import { pause, rawServer, type TestServer } from './__fixtures__/servers.ts'
import type { Wire } from './wire.ts'

/** How the server writes a chunk. Only the first way lets data go past the parser. */
const WAYS = [
  (data: string) => `${size(data)}\r\n${data}\r\n`,
  (data: string) => `${size(data)};name=value\r\n${data}\r\n`,
  (data: string) => `000${size(data).toUpperCase()}\r\n${data}\r\n`,
]
const size = (data: string) => Buffer.byteLength(data).toString(16)
const HEAD = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n'
const ENDS = ['0\r\n\r\n', '0\r\nx-trailer: yes\r\n\r\n']

let answers: (readonly Buffer[])[] = []
afterEach(() => (answers = []))

/** Writes the next answer, each piece in a read of its own. */
const serving = () =>
  rawServer(async (socket) => {
    for (const piece of answers.shift() ?? []) {
      socket.write(piece)
      // oxlint-disable-next-line no-await-in-loop -- one piece after the other
      await pause(1)
    }
  })

/** The body of the next answer. @param onData done with each piece of it. */
function ask(
  wire: Wire,
  { url }: TestServer,
  onData: (bytes: Buffer) => void = () => undefined,
): Promise<string> {
  const body: Buffer[] = []
  return new Promise((resolve, reject) => {
    const nothing = () => undefined
    const request = { method: 'GET', path: '/', headers: {} }
    wire.send(url, request, {
      connected: nothing,
      sent: nothing,
      head: nothing,
      data: (chunk) => {
        body.push(chunk)
        onData(chunk)
      },
      end: () => resolve(Buffer.concat(body).toString()),
      fail: reject,
    })
  })
}

describe('an answer in chunks', () => {
  it('is the same however it is written and cut, one after the other on one connection', async () => {
    const server = await serving()
    const wire = wireTo(server.url)
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
    const one = fc.record({
      chunks: fc.array(fc.tuple(text, fc.constantFrom(0, 0, 0, 0, 1, 2)), { maxLength: 8 }),
      end: fc.constantFrom(...ENDS),
      field: fc.constantFrom('', 'x-other: HTTP/1.1\r\n'),
      /** Where reads end, beside the ends of chunks that are cut where `apart`. */
      cuts: fc.array(fc.nat(500), { maxLength: 3 }),
      apart: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 3 }), async (list) => {
        for (const { chunks, end, field, cuts, apart } of list) {
          const pieces = [
            `${HEAD}${field}\r\n`,
            ...chunks.map(([data, way]) => (WAYS[way] ?? WAYS[0])?.(data) ?? ''),
            end,
          ]
          answers = [apart ? pieces.flatMap((piece) => cut(piece, cuts)) : cut(pieces.join(''), cuts)]
          // oxlint-disable-next-line no-await-in-loop -- one after the other, on one connection
          expect(await ask(wire, server)).toBe(chunks.map(([data]) => data).join(''))
        }
      }),
      { numRuns: 60 },
    )
    expect(server.connections).toBe(1)
  })

  it('fails where the connection ends between two whole chunks', async () => {
    const server = await rawServer(async (socket) => {
      socket.write(`${HEAD}\r\n`)
      await pause(5)
      socket.write('1\r\na\r\n')
      await pause(5)
      socket.end()
    })
    await expect(ask(wireTo(server.url), server)).rejects.toThrow('closed')
  })
})

/** One read each. */
const slowly = (...pieces: readonly string[]) =>
  rawServer(async (socket) => {
    for (const piece of pieces) {
      socket.write(piece)
      // oxlint-disable-next-line no-await-in-loop -- one piece after the other
      await pause(5)
    }
  })

describe('a chunk that goes past the parser', () => {
  it('ends its request, and nothing else, where the listener throws', async () => {
    const server = await slowly(`${HEAD}\r\n`, '1\r\na\r\n', '1\r\nb\r\n', ENDS[0] ?? '')
    const wire = wireTo(server.url)
    const refuse = () => {
      throw new Error('no more')
    }
    await expect(ask(wire, server, refuse)).rejects.toThrow('no more')
    expect(await ask(wire, server)).toBe('ab')
    expect(server.connections).toBe(2)
  })

  it.each([204, 304])('belongs to no answer with status %i, which has no body', async (status) => {
    const server = await slowly(`${HEAD.replace('200', String(status))}\r\n`, '1\r\na\r\n')
    const wire = wireTo(server.url)
    expect(await ask(wire, server)).toBe('')
    await pause(20)
    expect(await ask(wire, server)).toBe('')
    // What it sent is no HTTP: undici closes the connection.
    expect(server.connections).toBe(2)
  })

  it('counts with what came behind it before anybody looked', async () => {
    const pieces = ['1\r\na\r\n', '1\r\nb\r\n', '2\r\nc', 'd\r\n', ENDS[0] ?? '']
    const server = await slowly(`${HEAD}\r\n`, '1\r\n_\r\n', ...pieces)
    const until = (millis: number) => {
      const end = performance.now() + millis
      while (performance.now() < end);
    }
    // All of it waits while the first piece is worked on.
    expect(await ask(wireTo(server.url), server, (bytes) => until(bytes.toString() === '_' ? 60 : 0))).toBe(
      '_abcd',
    )
  })
})

/** `text` in pieces of its bytes that end at `cuts`. */
function cut(text: string, cuts: readonly number[]): Buffer[] {
  const bytes = Buffer.from(text)
  const ends = [...cuts.map((at) => Math.min(at, bytes.length)), bytes.length].toSorted((a, b) => a - b)
  return ends
    .map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
    .filter((piece) => piece.length > 0)
}

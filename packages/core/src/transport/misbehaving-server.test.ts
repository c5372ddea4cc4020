import type net from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import type { Failure } from '../model/failure.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { carryOut, wireTo, type Doing } from './__fixtures__/carry-out.ts'
import { chunk, event, finish, partsPlugin, STREAM_HEAD, text } from './__fixtures__/parts-plugin.ts'
import { pause, rawServer, tcpServer, type TestServer } from './__fixtures__/servers.ts'

const WHOLE = STREAM_HEAD + chunk(event(text('a'))) + chunk(event(finish)) + chunk('')
const withLength = (length: number) =>
  `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${length}\r\n\r\n`
const PROCESSING = 'HTTP/1.1 102 Processing\r\n\r\n'
const ANSWER = event(text('a')) + event(finish)

/** A server that writes `piece` again and again while it is read. */
function repeating(before: string, piece: string, every: number): Promise<TestServer> {
  return rawServer((socket) => {
    socket.write(before)
    const timer = setInterval(() => socket.write(piece), every)
    socket.once('close', () => clearInterval(timer))
  })
}

const talking = (talk: (socket: net.Socket) => void) => () => rawServer(talk)

/** `good`: the answer came whole, and what was wrong does not touch it. */
type Expected = 'good' | Partial<Failure>

const CASES: readonly (readonly [string, () => Promise<TestServer>, Expected, Doing?])[] = [
  [
    'half an answer, then a reset',
    talking((socket) => {
      socket.write(STREAM_HEAD + chunk(event(text('a'))))
      setTimeout(() => socket.resetAndDestroy(), 20)
    }),
    { class: 'connection', fault: 'reset', status: 200 },
  ],
  [
    'a head that ends in the middle',
    talking((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-ty')),
    { class: 'connection', fault: 'reset' },
  ],
  [
    'a head without end, slowly',
    () => repeating('HTTP/1.1 200 OK\r\n', 'x-more: 1\r\n', 20),
    { class: 'timeout', phase: 'headers' },
    { limits: { headers: 300 } },
  ],
  [
    'a head without end, fast',
    () => repeating('HTTP/1.1 200 OK\r\n', `x-more: ${'x'.repeat(1_000)}\r\n`, 1),
    { class: 'malformed', message: 'the head of the answer is larger than 16 KB' },
  ],
  [
    'one huge header',
    talking((socket) => socket.write(`HTTP/1.1 200 OK\r\nx-huge: ${'x'.repeat(100_000)}\r\n\r\n`)),
    { class: 'malformed', message: 'the head of the answer is larger than 16 KB' },
  ],
  [
    'nothing but 1xx, without end',
    () => repeating('', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50), 2),
    { class: 'timeout', phase: 'headers' },
    { limits: { headers: 300 } },
  ],
  ['many 1xx before the answer', talking((socket) => socket.write(PROCESSING.repeat(200) + WHOLE)), 'good'],
  [
    'an unasked change of protocol',
    talking((socket) => socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n')),
    { class: 'connection' },
  ],
  [
    'fewer bytes than it said, then the end',
    talking((socket) => socket.end(withLength(ANSWER.length + 5) + event(text('a')))),
    { class: 'connection', fault: 'reset', status: 200 },
  ],
  [
    'fewer bytes than it said, then silence',
    talking((socket) => socket.write(withLength(ANSWER.length + 5) + event(text('a')))),
    { class: 'timeout', phase: 'between-tokens', status: 200 },
    { limits: { betweenTokens: 300 } },
  ],
  [
    'more bytes than it said',
    talking((socket) => socket.write(`${withLength(ANSWER.length)}${ANSWER}and more of it`)),
    'good',
  ],
  ['bytes after the last chunk', talking((socket) => socket.write(`${WHOLE}and more of it`)), 'good'],
  ['a second answer after the first', talking((socket) => socket.write(WHOLE + WHOLE)), 'good'],
]

describe('a server that breaks the rules of HTTP', () => {
  const rows = CASES.map(([name, serve, expected, doing = {}]) => ({ name, serve, expected, doing }))
  it.each(rows)('$name: one end, its class, no connection left', async ({ serve, expected, doing }) => {
    const server = await serve()
    const wire = wireTo(server.url)
    const { failure } = await carryOut(server.url, { ...doing, wire })
    if (expected === 'good') expect(failure).toBeUndefined()
    else expect(failure).toMatchObject(expected)
    wire.destroy()
    await vi.waitFor(() => expect(server.open).toBe(0))
    expect(server.connections).toBeLessThanOrEqual(2)
  })

  it('an answer before the request was whole: the answer is what counts', async () => {
    const server = await tcpServer((socket) =>
      socket.once('data', () => {
        socket.write(
          'HTTP/1.1 413 Payload Too Large\r\nconnection: close\r\ncontent-length: 8\r\n\r\ntoo long',
        )
      }),
    )
    const long: ProviderPlugin = {
      ...partsPlugin,
      encode: (...call) => ({ ...partsPlugin.encode(...call), body: 'x'.repeat(4_000_000) }),
    }
    const { failure } = await carryOut(server.url, { plugin: long })
    expect(failure).toEqual({ class: 'http_4xx', message: 'too long', status: 413 })
  })

  it.each([
    ['bytes nobody asked for', 'and more of it'],
    ['an answer nobody asked for', WHOLE],
  ])('%s do not become the answer to the next request', async (_, surplus) => {
    let asked = 0
    const server = await rawServer((socket) => {
      asked += 1
      socket.write(asked === 1 ? WHOLE + surplus : WHOLE.replace('"a"', '"b"'))
    })
    const wire = wireTo(server.url)
    await carryOut(server.url, { wire })
    await pause(30)
    const { failure, assembly } = await carryOut(server.url, { wire })
    expect(failure).toBeUndefined()
    expect(assembly.text).toBe('b')
    expect(server.connections).toBe(2)
  })
})

describe('a kept connection the server closes just when it is used again', () => {
  it('fails one request at most, each ends once, and the next connects anew', async () => {
    const server = await rawServer((socket) => {
      socket.write(WHOLE)
      setImmediate(() => socket.end())
    })
    const wire = wireTo(server.url)
    const outcomes: (string | undefined)[] = []
    for (let call = 0; call < 30; call += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, on one connection
      outcomes.push((await carryOut(server.url, { wire })).failure?.fault)
      // oxlint-disable-next-line no-await-in-loop -- sometimes before, sometimes after the close is known
      await pause(call % 3)
    }
    expect(outcomes).toHaveLength(30)
    expect(outcomes.filter((fault) => fault === undefined).length).toBeGreaterThan(5)
    expect(new Set(outcomes.filter((fault) => fault !== undefined))).toBeOneOf([
      new Set(),
      new Set(['reset']),
    ])
    await server.quiet()
  })
})

import { connect } from 'node:net'
import { now, type Millis } from '../src/clock.ts'
import type { AnswerSettings } from '../src/settings.ts'
import type { TruthRecord } from '../src/truth.ts'

/** What a client saw of one answer. */
export interface Heard {
  /** 0 where nothing was answered. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether the body came to the end that HTTP foresees for it. */
  readonly complete: boolean
  /** How the connection ended; `silent`: nothing came any more, and the client closed. */
  readonly ending: 'closed' | 'reset' | 'silent'
  /** When the byte at this place of the raw answer was read. */
  readonly raw: string
  timeOf(offset: number): Millis
}

export interface Asking {
  readonly path?: string
  readonly method?: string
  /** Sent as JSON, or as it is where it is text. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** The header `x-sim`. */
  readonly sim?: AnswerSettings
  /** Close after so long without a byte, ms. */
  readonly patience?: Millis
  readonly version?: '1.0' | '1.1'
}

/**
 * Asks over a socket of its own and reads until the connection is closed. It takes chunks apart by
 * itself, so that what the simulator writes is checked byte by byte.
 */
export function ask(port: number, asking: Asking = {}): Promise<Heard> {
  const socket = connect({ port, host: '127.0.0.1' })
  const reads: { at: Millis; end: number }[] = []
  let raw = ''
  let ending: Heard['ending'] = 'closed'
  if (asking.patience !== undefined) {
    socket.setTimeout(asking.patience, () => {
      ending = 'silent'
      socket.destroy()
    })
  }
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    raw += text
    reads.push({ at: now(), end: raw.length })
  })
  socket.on('error', (error: NodeJS.ErrnoException) => {
    ending = error.code === 'ECONNRESET' ? 'reset' : ending
  })
  socket.write(requestText(asking))
  return new Promise((resolve) => {
    socket.on('close', () => {
      const timeOf = (offset: number) => reads.find(({ end }) => end > offset)?.at ?? Number.NaN
      resolve({ ...parseAnswer(raw), ending, raw, timeOf })
    })
  })
}

/** A chat, streamed, one message; `body` adds to it. */
export function chat(port: number, asking: Asking & { body?: object } = {}): Promise<Heard> {
  const body = {
    model: 'm',
    messages: [{ role: 'user', content: 'Why is the sky blue?' }],
    stream: true,
    ...asking.body,
  }
  return ask(port, { path: '/v1/chat/completions', ...asking, body })
}

export function requestText({ path = '/', method = 'POST', version = '1.1', ...asking }: Asking): string {
  const body = typeof asking.body === 'string' ? asking.body : JSON.stringify(asking.body ?? {})
  const headers = {
    host: 'simulator',
    connection: 'close',
    'content-length': String(Buffer.byteLength(body)),
    ...(asking.sim !== undefined && { 'x-sim': JSON.stringify(asking.sim) }),
    ...asking.headers,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/${version}`, ...lines, '', body].join('\r\n')
}

function parseAnswer(raw: string): Pick<Heard, 'status' | 'headers' | 'body' | 'complete'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const status = Number(first.split(' ')[1] ?? 0)
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 2),
    ]),
  )
  const text = rest.join('\r\n\r\n')
  const { body, complete } =
    headers['transfer-encoding'] === 'chunked'
      ? joinChunks(text)
      : { body: text, complete: text.length === Number(headers['content-length'] ?? text.length) }
  return { status, headers, body: Buffer.from(body, 'latin1').toString(), complete: status > 0 && complete }
}

function joinChunks(text: string): { body: string; complete: boolean } {
  let body = ''
  let at = 0
  for (;;) {
    const line = text.indexOf('\r\n', at)
    if (line < 0) return { body, complete: false }
    const size = Number.parseInt(text.slice(at, line), 16)
    if (size === 0) return { body, complete: text.slice(line) === '\r\n\r\n' }
    body += text.slice(line + 2, line + 2 + size)
    if (text.slice(line + 2 + size, line + 4 + size) !== '\r\n') return { body, complete: false }
    at = line + 4 + size
  }
}

/** The parts of a chunk that tests look at. */
export interface WireChunk {
  readonly id: string
  readonly object: string
  readonly model: string
  readonly error?: { readonly message: string; readonly code: unknown }
  readonly usage?: WireUsage | null
  readonly choices: readonly {
    readonly index: number
    readonly text?: string
    readonly delta: Readonly<Record<string, unknown>> & { readonly tool_calls?: readonly WireCall[] }
    readonly finish_reason: string | null
  }[]
}
export interface WireCall {
  readonly index: number
  readonly id?: string
  readonly function: { readonly name?: string; readonly arguments: string }
}
export interface WireUsage {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details?: { readonly cached_tokens: number }
  readonly completion_tokens_details?: { readonly reasoning_tokens: number }
}

/** The JSON documents of a stream: the data of its events, or its lines. Fails on anything else. */
export function documentsOf({ body }: Pick<Heard, 'body'>): Readonly<Record<string, unknown>>[] {
  if (!body.endsWith('\n')) throw new Error(`The stream ends inside a line: ${body.slice(-80)}`)
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('event: '))
  return lines.map((line) => JSON.parse(line.replace(/^data: ?/, '')) as Record<string, unknown>)
}

/** The ground truth of one request, by its `x-sim-id`. */
export async function truthOf(port: number, id: string): Promise<TruthRecord> {
  const { body } = await ask(port, { method: 'GET', path: `/_sim/truth?id=${id}` })
  const record = (JSON.parse(body) as TruthRecord[]).at(-1)
  if (record === undefined) throw new Error(`There is no truth of ${id}`)
  return record
}

/** The data of each event of a stream, unparsed. Fails on anything that is no event. */
export function dataOf({ body }: Pick<Heard, 'body'>): string[] {
  const events = body.split('\n\n')
  if (events.pop() !== '') throw new Error(`The stream ends inside an event: ${body.slice(-80)}`)
  return events.map((event) => {
    if (!event.startsWith('data: ') || event.includes('\n')) throw new Error(`No event: ${event}`)
    return event.slice('data: '.length)
  })
}

/** Every event of a stream but `[DONE]`. */
export function chunksOf(heard: Pick<Heard, 'body'>): WireChunk[] {
  return dataOf(heard)
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data) as WireChunk)
}

/** Text of one field of the deltas of one choice. */
export function textOf(heard: Pick<Heard, 'body'>, field = 'content', choice = 0): string {
  return chunksOf(heard)
    .flatMap((chunk) => chunk.choices)
    .filter(({ index }) => index === choice)
    .map(({ delta }) => (typeof delta[field] === 'string' ? delta[field] : ''))
    .join('')
}

/** Deltas with generated text in one field, of all choices. */
export function contentOf(heard: Pick<Heard, 'body'>, field = 'content'): string[] {
  return chunksOf(heard)
    .flatMap((chunk) => chunk.choices.map(({ delta }) => delta[field]))
    .filter((text) => typeof text === 'string' && text !== '')
    .map(String)
}

export function finishesOf(heard: Pick<Heard, 'body'>): string[] {
  return chunksOf(heard)
    .flatMap((chunk) => chunk.choices)
    .flatMap(({ finish_reason: reason }) => (reason === null ? [] : [reason]))
}

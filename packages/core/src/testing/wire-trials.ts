import assert from 'node:assert/strict'
import { connect } from '../client/connect.ts'
import { setTargets } from '../client/targets.ts'
import type { Call } from '../model/call.ts'
import type { CallResult } from '../model/exchange.ts'
import type { Part } from '../model/part.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { framerFor } from '../transport/frames/framer.ts'
import { chunked, headBytes, LAST_CHUNK, withServer, type Talk } from './answer-server.ts'
import { repeated } from './hostile-trials.ts'
import type { RecordedAnswer } from './provider-answers.ts'
import { contentOf, decode, expectFailed, expectGood } from './reading.ts'
import { bytesOf, goodAnswers, lowerCase, recordingOf } from './recorded.ts'
import { trial, type Subject, type Trial } from './trial.ts'

/** Longer bodies come in longer chunks than one byte each. */
const MOST_CHUNKS = 4_000
/** Long enough for what was sent to be read first, ms. */
const BEFORE_ABORT = 50

/** The same answers over a socket, as a script gets them. */
export function wireTrials(subject: Subject): Trial[] {
  const { plugin, answers } = subject
  const { errors, malformed, empty } = answers
  const ask = (answer: RecordedAnswer) => call(plugin, talkOf(answer), answer.call ?? answers.call)
  return [
    trial('socket: the request arrives as it was encoded', () => requestArrives(subject)),
    ...goodAnswers(answers).map(([name, answer]) =>
      trial(`socket: ${name}`, async () => {
        const result = await ask(answer)
        expectGood(result, answer)
        assert.ok(result.ok)
        assert.equal(result.status, answer.status ?? 200)
        assert.deepEqual(contentOf(result), contentOf(decode(plugin, recordingOf(answer, answers))))
      }),
    ),
    ...errors.map((error) =>
      trial(`socket: error: ${error.what}`, async () => {
        const result = await ask(error)
        expectFailed(result, error)
        assert.equal(result.error?.status, error.status ?? 200)
      }),
    ),
    trial('socket: malformed', async () => expectFailed(await ask(malformed), { class: 'malformed' })),
    trial('socket: empty', async () => expectFailed(await ask(empty), { class: 'empty' })),
    trial('socket: a frame that never ends', async () =>
      expectFailed(await call(plugin, endlessTalk(subject), answers.call), { class: 'malformed' }),
    ),
    trial('socket: a call taken back in the middle of the answer is aborted', () => isAborted(subject)),
    trial('socket: a connection reset in the middle of the answer is no good answer', async () => {
      const beginning = begun(subject)
      const talk: Talk = (socket) => void socket.write(beginning, () => socket.resetAndDestroy())
      expectFailed(await call(plugin, talk, answers.call), { class: 'connection' })
    }),
  ]
}

/** Asks a server that talks so. Keys are not looked for: any will do, as with the simulator. */
function call(plugin: ProviderPlugin, talk: Talk, asked: Call): Promise<CallResult> {
  return withServer(talk, (url) => callAt(url, plugin, asked))
}

function callAt(url: string, plugin: ProviderPlugin, asked: Call): Promise<CallResult> {
  const sign = plugin.sign?.bind(plugin)
  const unlocked: ProviderPlugin =
    sign === undefined
      ? plugin
      : (Object.create(plugin, {
          sign: {
            value: (...[request, target]: Parameters<typeof sign>) =>
              sign(request, target, { simulated: true }),
          },
        }) as ProviderPlugin)
  const connection = connect(unlocked, {})
  // Read as soon as the call is made. It goes before whatever the environment names.
  setTargets({ '*': url })
  try {
    return connection.call(asked)
  } finally {
    setTargets({})
  }
}

function talkOf({ status = 200, headers, body }: RecordedAnswer): Talk {
  const bytes = bytesOf(body)
  const size = Math.max(1, Math.ceil(bytes.length / MOST_CHUNKS))
  return (socket) => {
    socket.write(headBytes(status, lowerCase(headers)))
    socket.write(Buffer.concat([chunked(bytes, size), Buffer.from(LAST_CHUNK)]))
  }
}

async function requestArrives({ plugin, answers }: Subject): Promise<void> {
  let heard = ''
  const talk = talkOf(answers.text)
  await withServer(
    (socket, request) => {
      heard = request
      talk(socket, request)
    },
    async (url) => {
      await callAt(`${url}/base`, plugin, answers.call)
      const { method, path, body } = plugin.encode(answers.call, new URL(`${url}/base`))
      assert.ok(
        heard.startsWith(`${method} ${path} HTTP/1.1\r\n`),
        `the server heard ${heard.split('\r\n')[0]}`,
      )
      const sent = Buffer.from(heard.slice(heard.indexOf('\r\n\r\n') + 4), 'latin1').toString('utf8')
      if (plugin.sign === undefined && body !== undefined)
        assert.equal(sent, Buffer.from(body).toString('utf8'))
    },
  )
}

/** The beginning of a streamed answer as it goes over the wire: up to its first content, without its end. */
function begun({ plugin, answers }: Subject): Buffer {
  const { head, body, call: asked } = recordingOf(answers.text, answers)
  const read = plugin.decoder(head, asked)
  const seen: Part[] = []
  const framer = framerFor(plugin.framing(head), {
    emit: (frame) => void seen.push(...read(frame)),
    fault: assert.fail,
  })
  let length = 0
  while (length < body.length - 1 && !seen.some(isContent)) framer.push(body.subarray(length, (length += 1)))
  assert.ok(!seen.some(({ type }) => type === 'finish'), 'the answer has ended with its first content')
  return Buffer.concat([Buffer.from(headBytes(head.status, head.headers)), chunked(body.subarray(0, length))])
}

function isContent({ type }: Part): boolean {
  return type === 'text-delta' || type === 'reasoning-delta'
}

async function isAborted(subject: Subject): Promise<void> {
  const beginning = begun(subject)
  const taken = new AbortController()
  const talk: Talk = (socket) =>
    void socket.write(beginning, () => setTimeout(() => taken.abort(), BEFORE_ABORT))
  const asked = { ...subject.answers.call, signal: taken.signal }
  expectFailed(await call(subject.plugin, talk, asked), { class: 'aborted' })
}

/** Goes on until the client has had enough. */
function endlessTalk({ answers: { endless } }: Subject): Talk {
  return (socket) => {
    socket.write(headBytes(200, lowerCase(endless.headers)))
    socket.write(chunked(bytesOf(endless.begin)))
    const more = chunked(repeated(bytesOf(endless.more)))
    const write = () => {
      if (!socket.destroyed) socket.write(more, write)
    }
    write()
  }
}

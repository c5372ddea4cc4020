import { it as nodeIt } from 'node:test'
import { describe, expect, it } from 'vitest'
import type { ProbeAnswers } from '../model/probe.ts'
import type { Decoder, Framing, ProviderPlugin } from '../model/provider.ts'
import { linesAnswers } from './__fixtures__/lines-answers.ts'
import { linesDecoder, linesPlugin } from './__fixtures__/lines-plugin.ts'
import type { Lack, ProviderAnswers } from './provider-answers.ts'
import { testProvider, type RegisterTest } from './test-provider.ts'

describe('a good plugin', () => {
  testProvider(linesPlugin, { it, answers: linesAnswers })

  it('may be tested with node:test too', () => {
    expect(nodeIt satisfies RegisterTest).toBeInstanceOf(Function)
  })
})

interface Failed {
  readonly name: string
  readonly message: string
}

/** Runs those tests of the suite whose names match. */
async function failures(
  plugin: ProviderPlugin,
  only: RegExp,
  answers: ProviderAnswers = linesAnswers,
  lacks: readonly Lack[] = [],
): Promise<Failed[]> {
  const failed: Failed[] = []
  const tests: [string, () => Promise<void>][] = []
  testProvider(plugin, { it: (name, test) => tests.push([name, test]), answers, lacks })
  const chosen = tests.filter(([name]) => only.test(name))
  expect(chosen).not.toEqual([])
  for (const [name, test] of chosen) {
    // oxlint-disable-next-line no-await-in-loop -- as a runner does
    await test().catch((error: unknown) => failed.push({ name, message: String(error) }))
  }
  return failed
}

/** Everything but what takes long. */
const QUICK = /^(?!.*never ends)/

const namesOf = (failed: readonly Failed[]) => failed.map(({ name }) => name)

const changed = (own: Partial<ProviderPlugin>): ProviderPlugin => ({ ...linesPlugin, ...own })

const decoding = (change: (decode: Decoder) => Decoder): ProviderPlugin =>
  changed({ decoder: ({ status }) => change(linesDecoder(status)) })

/** Takes each read of the socket for whole lines. */
const perRead: Framing = (sink) => ({
  push: (chunk) => {
    for (const data of Buffer.from(chunk).toString('utf8').split('\n')) if (data !== '') sink.emit({ data })
  },
  end: () => undefined,
})

/** Keeps everything until a line ends, and takes the end of the body for the end of the answer. */
const patient =
  (lastWord: string | undefined): Framing =>
  (sink) => {
    let kept = Buffer.alloc(0)
    return {
      push(chunk) {
        kept = Buffer.concat([kept, chunk])
        for (let at = kept.indexOf(10); at >= 0; at = kept.indexOf(10)) {
          sink.emit({ data: kept.subarray(0, at).toString('utf8') })
          kept = kept.subarray(at + 1)
        }
      },
      end: () => void (lastWord !== undefined && sink.emit({ data: lastWord })),
    }
  }

let requests = 0
const soFar: string[] = []

describe('a plugin that', () => {
  const ndjson = (own: Framing) => (head: Parameters<ProviderPlugin['framing']>[0]) =>
    linesPlugin.framing(head) === 'ndjson' ? own : 'whole'

  it.each<[string, ProviderPlugin, string]>([
    [
      'throws at what it cannot read',
      decoding(() => ({ data }) => [
        { type: 'text-delta', text: (JSON.parse(data) as { token: string }).token },
      ]),
      'decode: a frame that cannot be read is malformed',
    ],
    ['takes a read for a frame', changed({ framing: ndjson(perRead) }), 'decode: text, cut anywhere'],
    [
      'says finish before the end',
      decoding((decode) => (frame) => [...decode(frame), { type: 'finish', reason: 'stop' }]),
      'decode: text, truncated anywhere, is not taken for whole',
    ],
    [
      'takes the end of the body for the end of the answer',
      changed({ framing: ndjson(patient('{"done":"stop"}')) }),
      'decode: text, truncated anywhere, is not taken for whole',
    ],
    [
      'gives an error no class',
      decoding(
        (decode) => (frame) =>
          decode(frame).map((part) =>
            part.type === 'error' ? { type: 'error', message: part.message } : part,
          ),
      ),
      'decode: error: busy, in a stream',
    ],
    [
      'takes a broken frame for text',
      decoding((decode) => (frame) => {
        const parts = decode(frame)
        return parts[0]?.type === 'error' ? [{ type: 'text-delta', text: frame.data }] : parts
      }),
      'socket: malformed',
    ],
    [
      'has one memory for all answers',
      decoding((decode) => (frame) => {
        soFar.push(frame.data)
        return decode({ data: soFar.at(-1) === soFar.at(-2) ? '{}' : frame.data })
      }),
      'decode: two answers at the same time do not mix',
    ],
    [
      'forgets the usage',
      decoding((decode) => (frame) => decode(frame).filter(({ type }) => type !== 'usage')),
      'socket: text',
    ],
    [
      'gives something as a number of tokens that is none',
      decoding(
        (decode) => (frame) =>
          decode(frame).map((part) => (part.type === 'text-delta' ? { ...part, tokens: Number.NaN } : part)),
      ),
      'decode: parts are well formed',
    ],
    [
      'counts its requests',
      changed({
        encode: (call, target) => ({ ...linesPlugin.encode(call, target), path: `/${(requests += 1)}` }),
      }),
      'encode: is pure',
    ],
    [
      'writes its key into the path',
      changed({
        encode: (call, target) => {
          const request = linesPlugin.encode(call, target)
          return { ...request, path: `${request.path}?key=key-of-lines` }
        },
      }),
      'encode: gives a request that can be sent',
    ],
    [
      'sends a key it does not have',
      changed({
        encode: (call, target) => ({
          ...linesPlugin.encode(call, target),
          headers: { authorization: 'Bearer undefined' },
        }),
      }),
      'encode: gives a request that can be sent',
    ],
    [
      'forgets the path of the target',
      changed({ encode: (call) => linesPlugin.encode(call, new URL('http://127.0.0.1')) }),
      'encode: keeps the path of the target',
    ],
    [
      'throws what it likes at a call it does not know',
      changed({
        encode: (call, target) => {
          if (call.kind === 'embedding') throw new Error('no')
          return linesPlugin.encode(call, target)
        },
      }),
      'encode: sends a call of kind embedding, or refuses it by LB_CALL_INVALID',
    ],
    [
      'takes one piece for a stream',
      changed({ framing: () => 'ndjson' }),
      'decode: an answer in one piece is framed as `whole`',
    ],
    [
      'waits until the end of a stream',
      changed({ framing: () => 'whole' }),
      'decode: text comes as a stream of several pieces',
    ],
    [
      'sees itself everywhere',
      changed({
        probe: { requests: () => [{ name: 'a', url: '/' }], identify: () => ({ server: 'lines' }) },
      }),
      'probe: does not take a web page for its server',
    ],
    [
      'trusts what its probe is answered',
      changed({
        probe: {
          requests: () => [{ name: 'a', url: '/' }],
          identify: ({ a }: ProbeAnswers) =>
            a?.status === 200 && a.json !== undefined
              ? { server: (a.json as { data: { id: string }[] }).data[0]?.id ?? '' }
              : undefined,
        },
      }),
      'probe: throws nothing, whatever is answered',
    ],
  ])('%s fails', async (_, plugin, test) => {
    expect(namesOf(await failures(plugin, QUICK))).toContain(test)
  })

  it('holds a frame without end in memory fails', async () => {
    const plugin = changed({ framing: ndjson(patient(undefined)) })
    const answers = {
      ...linesAnswers,
      endless: { ...linesAnswers.endless, more: 'a'.repeat(8 * 1024 * 1024) },
    }
    const failed = await failures(plugin, /^decode:.*never ends/, answers)
    expect(failed[0]?.message).toMatch(/after \d+ bytes it is stream_truncated/)
  })
})

describe('what is neither answered nor lacking', () => {
  const { reasoning: _, ...unreasoning } = linesAnswers

  it('fails, and says what to add', async () => {
    const [failed, ...others] = await failures(linesPlugin, /^answers:/, unreasoning)
    expect(failed?.name).toBe('answers: reasoning is there, or said to be lacking')
    expect(failed?.message).toMatch(/Add `reasoning`: .* put 'reasoning' into `lacks`/)
    expect(others).toEqual([])
    expect(await failures(linesPlugin, /^answers:/, unreasoning, ['reasoning'])).toEqual([])
  })

  it('fails where it is said to be lacking, and is there', async () => {
    const lacks: Lack[] = ['reasoning', 'tool-calls', 'usage', 'whole', 'stream-errors']
    const failed = await failures(linesPlugin, /said to be lacking/, linesAnswers, lacks)
    expect(failed.map(({ message }) => /take '([\w-]+)' out/.exec(message)?.[1])).toEqual(lacks)
  })

  it('fails where usage is made up', async () => {
    const { usage: __, ...text } = linesAnswers.text
    const failed = await failures(linesPlugin, /^answers:/, { ...linesAnswers, text }, ['usage'])
    expect(namesOf(failed)).toEqual(['answers: usage is not made up'])
  })
})

import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import type { Part } from '../model/part.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { framerFor } from '../transport/frames/framer.ts'
import { byteByByte, cutsOf, eventByEvent } from './cuts.ts'
import { contentOf, decode, expectFailed, expectGood } from './reading.ts'
import { allAnswers, goodAnswers, recordingOf, type Recording } from './recorded.ts'
import { trial, type Subject, type Trial } from './trial.ts'
import { partProblem } from './valid-part.ts'

/** Answers are read as what they say, however the network cuts them. */
export function decodeTrials({ plugin, answers }: Subject): Trial[] {
  const { text, whole, errors, malformed, empty } = answers
  const recorded = (answer: Parameters<typeof recordingOf>[0]) => recordingOf(answer, answers)
  return [
    ...goodAnswers(answers).map(([name, answer]) =>
      trial(`decode: ${name}`, () => expectGood(decode(plugin, recorded(answer)), answer)),
    ),
    trial('decode: text comes as a stream of several pieces', () => {
      assert.notEqual(
        plugin.framing(recorded(text).head),
        'whole',
        'its framing is `whole`: it has no token times',
      )
      assert.ok(decode(plugin, recorded(text)).chunks > 1, 'the text came in fewer than two parts')
    }),
    ...(whole === undefined
      ? []
      : [
          trial('decode: an answer in one piece is framed as `whole`', () =>
            assert.equal(
              plugin.framing(recorded(whole).head),
              'whole',
              'its one piece would pass for a token',
            ),
          ),
        ]),
    ...errors.map((error) =>
      trial(`decode: error: ${error.what}`, () => expectFailed(decode(plugin, recorded(error)), error)),
    ),
    trial('decode: a frame that cannot be read is malformed', () =>
      expectFailed(decode(plugin, recorded(malformed)), { class: 'malformed' }),
    ),
    trial('decode: an answer with nothing in it is empty', () =>
      expectFailed(decode(plugin, recorded(empty)), { class: 'empty' }),
    ),
    ...allAnswers(answers).flatMap(([name, answer]) => [
      trial(`decode: ${name}, cut anywhere`, () => holdsWhereverCut(plugin, recorded(answer))),
    ]),
    ...goodAnswers(answers).map(([name, answer]) =>
      trial(`decode: ${name}, truncated anywhere, is not taken for whole`, () =>
        neverWholeTooEarly(plugin, recorded(answer)),
      ),
    ),
    trial('decode: parts are well formed', () => {
      for (const [name, answer] of allAnswers(answers)) {
        for (const part of decode(plugin, recorded(answer)).parts)
          assert.equal(partProblem(part), undefined, name)
      }
    }),
    trial('decode: two answers at the same time do not mix', () => neverMixed(plugin, recorded(text))),
  ]
}

function holdsWhereverCut(plugin: ProviderPlugin, recording: Recording): void {
  const { body } = recording
  const { parts } = decode(plugin, recording)
  for (const at of cutsOf(body.length)) {
    expectSame(
      decode(plugin, recording, [body.subarray(0, at), body.subarray(at)]).parts,
      parts,
      `cut at byte ${at}`,
    )
  }
  expectSame(decode(plugin, recording, byteByByte(body)).parts, parts, 'sent byte by byte')
  // Events that are told as a pattern are read from their bytes, not by the decoder.
  expectSame(decode(plugin, recording, eventByEvent(body)).parts, parts, 'sent event by event')
}

function expectSame(parts: readonly Part[], expected: readonly Part[], how: string): void {
  if (!isDeepStrictEqual(parts, expected)) assert.deepEqual(parts, expected, `${how}, it gives other parts`)
}

/** The terminal mark is the last thing about an answer's content: what is good without it was cut. */
function neverWholeTooEarly(plugin: ProviderPlugin, recording: Recording): void {
  const { body } = recording
  const content = contentOf(decode(plugin, recording))
  for (const at of cutsOf(body.length).filter((cut) => cut < body.length)) {
    const reading = decode(plugin, recording, [body.subarray(0, at)])
    const { error } = reading
    if (error === undefined) {
      const message = `truncated to ${at} of ${body.length} bytes it passes for whole; \`finish\` belongs to the terminal mark`
      assert.deepEqual(contentOf(reading), content, message)
    } else {
      const expected = error.class === 'stream_truncated' || error.class === 'malformed'
      assert.ok(expected, `truncated to ${at} bytes it fails with class ${error.class}: ${error.message}`)
    }
  }
}

/** Two decoders of one response, fed in turns: what each knows is its own. */
function neverMixed(plugin: ProviderPlugin, { head, body, call }: Recording): void {
  const readers = [0, 1].map(() => {
    const parts: Part[] = []
    const read = plugin.decoder(head, call)
    const framer = framerFor(plugin.framing(head), {
      emit: (frame) => void parts.push(...read(frame)),
      fault: assert.fail,
    })
    return { parts, framer }
  })
  for (const chunk of byteByByte(body)) for (const { framer } of readers) framer.push(chunk)
  for (const { framer } of readers) framer.end()
  const alone = decode(plugin, { head, body, call }).parts
  for (const { parts } of readers) expectSame(parts, alone, 'read beside another answer')
}

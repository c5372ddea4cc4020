import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from './__fixtures__/decode.ts'
import { corrupted, events, exceptions, messages } from './event-stream.ts'

const vector = (name: string) => readFileSync(join(import.meta.dirname, '__fixtures__', name), 'latin1')

describe('a message of an event stream', () => {
  it.each([
    ['empty_message', {}, ''],
    ['payload_no_headers', {}, "{'foo':'bar'}"],
    ['payload_one_str_header', { 'content-type': 'application/json' }, "{'foo':'bar'}"],
  ])('is what others write: %s', (name, headers, payload) => {
    expect(messages(headers)(payload)).toBe(vector(name))
  })

  it('holds any headers and payload', () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fc.dictionary(text, text), fc.uint8Array(), (headers, payload) => {
        expect(decode(messages(headers)(payload))).toEqual([
          { headers: Object.fromEntries(Object.entries(headers)), payload: Buffer.from(payload) },
        ])
      }),
    )
  })

  it('holds text as UTF-8, and is itself bytes', () => {
    const message = events('chunk')('空')
    expect(decode(message)).toEqual([
      {
        headers: { ':event-type': 'chunk', ':content-type': 'application/json', ':message-type': 'event' },
        payload: Buffer.from('空'),
      },
    ])
    expect(message.length).toBe(Buffer.from(message, 'latin1').readUInt32BE(0))
  })

  it('can be an exception', () => {
    expect(decode(exceptions('throttlingException')('{}'))[0]?.headers).toEqual({
      ':exception-type': 'throttlingException',
      ':content-type': 'application/json',
      ':message-type': 'exception',
    })
  })

  it('is refused where it was corrupted, and the next one is not', () => {
    const message = events('chunk')('{}')
    const broken = corrupted(message)
    expect(() => decode(broken)).toThrow('wrong checksum')
    expect(broken.length).toBe(message.length)
    expect(decode(message + message)).toHaveLength(2)
  })
})

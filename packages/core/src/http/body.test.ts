import { describe, expect, it } from 'vitest'
import { encodeBody, HttpFile, type HttpBody } from './body.ts'

const FORM = 'application/x-www-form-urlencoded'
const bytes = (text: string) => new TextEncoder().encode(text)

describe('the body of a request', () => {
  it.each<[string, HttpBody | undefined, unknown]>([
    ['nothing', undefined, undefined],
    ['null', null, undefined],
    ['text', '{"a":1}', { bytes: '{"a":1}' }],
    ['bytes', bytes('abc'), { bytes: bytes('abc') }],
    ['an ArrayBuffer', bytes('abc').buffer, { bytes: bytes('abc') }],
    [
      'an object: a form',
      { user: 'ann b', id: 7, ok: true, none: null },
      { bytes: 'user=ann+b&id=7&ok=true&none=', contentType: FORM },
    ],
    ['lists in a form: a field each', { tag: ['a', 'b&c'] }, { bytes: 'tag=a&tag=b%26c', contentType: FORM }],
    ['URLSearchParams', new URLSearchParams({ q: 'ä' }), { bytes: 'q=%C3%A4', contentType: FORM }],
  ])('%s', async (_, body, expected) => {
    expect(await encodeBody(body)).toEqual(expected)
  })

  it.each<[string, unknown]>([
    ['a list', ['a']],
    ['an object in a form', { user: { name: 'ann' } }],
    ['a number', 7],
  ])('%s is refused', async (_, body) => {
    await expect((async () => encodeBody(body as HttpBody))()).rejects.toMatchObject({
      code: 'LB_CALL_INVALID',
    })
  })

  it('with a file in it is a multipart form', async () => {
    const file = new HttpFile(bytes('%PDF'), 'a.pdf', 'application/pdf')
    const encoded = await encodeBody({ title: 'a paper', document: file })
    const form = await new Response(encoded?.bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': encoded?.contentType ?? '' },
    }).formData()
    expect(form.get('title')).toBe('a paper')
    const read = form.get('document') as File
    expect([read.name, read.type, await read.text()]).toEqual(['a.pdf', 'application/pdf', '%PDF'])
    expect(encoded?.bound).toBe(true)
  })

  it('as a FormData goes out as it is', async () => {
    const form = new FormData()
    form.append('a', '1')
    const encoded = await encodeBody(form)
    expect(encoded?.contentType).toMatch(/^multipart\/form-data; boundary=/)
    expect(Buffer.from(encoded?.bytes ?? '').toString()).toMatch(/name="a"\r\n\r\n1\r\n/)
  })
})

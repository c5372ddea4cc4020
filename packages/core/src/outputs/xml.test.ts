import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOSTILE } from './__fixtures__/summary.ts'
import { xmlText } from './xml.ts'

describe('a document', () => {
  it('is indented by its elements, and keeps the lines of texts', () => {
    const item = { name: 'item', attributes: { name: 'a\nb', count: 2 }, content: 'one\ntwo' }
    expect(xmlText({ name: 'list', content: [item, { name: 'empty' }] })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <list>
        <item name="a&#10;b" count="2">one
      two</item>
        <empty/>
      </list>
      "
    `)
  })

  it('shows hostile text as text, and what XML cannot hold as U+FFFD', () => {
    const text = xmlText({ name: 'a', attributes: { b: HOSTILE }, content: HOSTILE })
    expect(text).toContain(String.raw`&lt;b&gt;&quot;&amp;'&lt;/b&gt; ]]&gt; | \|`)
    expect(text).toContain('&#13;&#10;=SUM(A1)\uFFFD\uFFFD[31m\uFFFD\uFFFD"')
    expect(text).toContain('&#13;\n=SUM(A1)\uFFFD\uFFFD[31m\uFFFD\uFFFD</a>')
  })

  it('holds nothing that XML 1.0 forbids, whatever its texts hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(0xffff)), (text, codes) => {
        const hostile = `${text}${String.fromCharCode(...codes)}`
        const [, content = ''] = /^<a>(.*)<\/a>$/ms.exec(xmlText({ name: 'a', content: `x${hostile}` })) ?? []
        expect(content).toMatch(/^(?:[\t\n\u0020-\uD7FF\uE000-\uFFFD]|[\u{10000}-\u{10FFFF}])*$/u)
        expect(content).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|#13);)/)
      }),
    )
  })
})

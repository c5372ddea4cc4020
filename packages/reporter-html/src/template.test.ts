import { describe, expect, it } from 'vitest'
import { compile, escapeHtml } from './template.ts'

const HOSTILE = `</p><script>alert("1")</script>'`

describe('a template', () => {
  it('writes values as text, in elements and in attributes', () => {
    const html = compile('<p title="{{a}}">{{a}}</p>')({ a: HOSTILE })
    expect(html).not.toContain('<script')
    expect(html.match(/"/g)).toHaveLength(2)
  })

  it.each(['{{{a}}}', '{{&a}}', '{{~{a}~}}', '{{~& a}}'])('may not write text unescaped: %s', (template) => {
    expect(() => compile(template)).toThrow('unescaped')
  })

  it('fails on a name its view does not have', () => {
    expect(() => compile('{{nmae}}')({ name: 'x' })).toThrow('nmae')
  })
})

it('escapes text', () => {
  expect(escapeHtml('<a href="x">&')).toBe('&lt;a href&#x3D;&quot;x&quot;&gt;&amp;')
})

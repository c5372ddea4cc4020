import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { assembleDocument } from './document.ts'

const html = assembleDocument({
  title: '</title><script>1</script>',
  style: 'p{color:red}',
  body: '<p>body</p>',
  data: { text: '</script><script>alert(1)</script>' },
  script: 'console.log(1)',
})
const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''
const hash = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`

describe('the document', () => {
  it('allows exactly the style and the script it was made with', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash('console.log(1)')}`,
      `style-src ${hash('p{color:red}')}`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect(html).toContain('<script>console.log(1)</script>')
    expect(html).toContain('<style>p{color:red}</style>')
  })

  it('states its policy before anything the policy is about', () => {
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.search(/<style|<script|<link/))
  })

  it('has two script elements, its data and its script, whatever title and data hold', () => {
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html.match(/<\/title>/g)).toHaveLength(1)
  })
})

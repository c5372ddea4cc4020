import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { makeProject, ROOT } from './harness/project.ts'

const PAGES = [
  'README.md',
  'docs/getting-started.md',
  'packages/core/README.md',
  'packages/plugin-openai/README.md',
]

const scripts = PAGES.flatMap((page) => {
  const blocks = Array.from(
    readFileSync(`${ROOT}/${page}`, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms),
    ([, text = '']) => text,
  )
  // What exports nothing is a line from the middle of a script.
  const whole = blocks.filter((text) => text.includes('export '))
  return whole.map((text, index) => ({ page, number: index + 1, text }))
})

describe('the scripts that the pages show', () => {
  it('are there', () => {
    expect(scripts.length).toBeGreaterThan(2)
  })

  it.each(scripts)(
    '$page, block $number, can be run',
    async ({ text }) => {
      // A block that shows options alone gets something to do.
      const whole = text.includes('export default') ? text : `${text}\nexport default function () {}\n`
      const project = makeProject({ 'shown.ts': whole })
      const { code, stderr } = await project.loadbench(['inspect', 'shown.ts'])
      expect(stderr).toBe('')
      expect(code).toBe(0)
    },
    60_000,
  )
})

import { describe, expect, it } from 'vitest'
import { blocksOf, pages } from './harness/pages.ts'
import { makeProject } from './harness/project.ts'

/** Their scripts are run by tests of their own, or are wrong on purpose. */
const APART: readonly string[] = ['docs/errors.md', 'docs/write-a-plugin.md', 'docs/write-an-output.md']
const PACKAGES = ['packages/core/README.md', 'packages/plugin-openai/README.md']

const blocks = [...pages(), ...PACKAGES]
  .filter((page) => !APART.includes(page))
  .flatMap(blocksOf)
  .filter(({ language }) => language === 'ts')

/** A script is what says what load to send, or what to do. */
const scripts = blocks.filter(({ text }) =>
  /export (?:const options|default|async function|function setup)/.test(text),
)

/** Files that the scripts of the same page read or import. */
function besides(page: string): Record<string, string> {
  return Object.fromEntries(
    blocksOf(page).flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const])),
  )
}

describe('the scripts that the pages show', () => {
  it('are there', () => {
    expect(scripts.length).toBeGreaterThan(10)
  })

  it.each(scripts)(
    '$page, block $number, can be run',
    async ({ page, text }) => {
      // A block that shows options alone gets something to do.
      const whole = text.includes('export default') ? text : `${text}\nexport default function () {}\n`
      const project = makeProject({ ...besides(page), 'shown.ts': whole })
      const { code, stderr } = await project.loadbench(['inspect', 'shown.ts'])
      expect(stderr).toBe('')
      expect(code).toBe(0)
    },
    60_000,
  )
})

import { expect, it } from 'vitest'
import { makeProject } from './harness/project.ts'

const ANSWER = '<script>alert(document.title)</script>'

it(
  "markup in a model's answer is text in the report, wherever a script carries it",
  { timeout: 120_000 },
  async () => {
    const project = makeProject({
      'hostile.ts': `
import { check } from 'loadbench'
import { openai } from '@loadbench/plugin-openai'
export const options = { vus: 1, iterations: 1 }
const llm = openai({ model: 'm' })
export default async function () {
  const { text } = await llm.chat({ messages: [{ role: 'user', content: 'x' }] })
  check(null, { ['it said ' + text]: text.includes('<script>') })
}
`,
    })
    const simulator = JSON.stringify({ text: ANSWER, ttft: 5, itl: 1 })
    const ran = await project.loadbench(['run', 'hostile.ts', '--simulate', simulator])
    expect(ran.code).toBe(0)
    // The answer did arrive as it was sent, and so did stand in what the report is made of.
    expect(ran.summary().checks).toMatchObject([
      { name: expect.stringContaining(ANSWER) as string, passes: 1, fails: 0 },
    ])
    const html = ran.file('report.html')
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert')
  },
)

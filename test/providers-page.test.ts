import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Part, ProviderPlugin } from 'loadbench/plugin'
import { decodeResponse, type ProviderAnswers, type RecordedAnswer } from 'loadbench/testing'
import { bedrockPlugin, sagemakerPlugin } from '@loadbench/plugin-bedrock'
import { ollamaPlugin } from '@loadbench/plugin-ollama'
import { openaiPlugin, openaiResponsesPlugin } from '@loadbench/plugin-openai'
import { tgiPlugin } from '@loadbench/plugin-tgi'
import { converseAnswers } from '../packages/plugin-bedrock/src/__fixtures__/converse-answers.ts'
import { invokeAnswers } from '../packages/plugin-bedrock/src/__fixtures__/invoke-answers.ts'
import { ANSWERS as sagemakerAnswers } from '../packages/plugin-bedrock/src/sagemaker/__fixtures__/answers.ts'
import { answers as ollamaAnswers } from '../packages/plugin-ollama/src/__fixtures__/answers.ts'
import { callsAnswers, responsesAnswers } from '../packages/plugin-openai/src/__fixtures__/answers.ts'
import { answers as tgiAnswers } from '../packages/plugin-tgi/src/__fixtures__/answers.ts'
import { ROOT } from './harness/project.ts'

const PAGE = join(ROOT, 'docs/providers.md')
const [BEGIN, END] = ['<!-- table: begin -->', '<!-- table: end -->']

/** What each provider's decoder makes of the answers its conformance suite holds. */
const PROVIDERS: readonly (readonly [string, ProviderPlugin, ProviderAnswers])[] = [
  ['`openai` chat, completions, embeddings', openaiPlugin(), callsAnswers],
  ['`openai` Responses', openaiResponsesPlugin(), responsesAnswers],
  ['`tgi`', tgiPlugin(), tgiAnswers],
  ['`ollama`', ollamaPlugin(), ollamaAnswers],
  ['`bedrock` Converse', bedrockPlugin(), converseAnswers],
  ['`bedrock` InvokeModel', bedrockPlugin({ api: 'invoke' }), invokeAnswers],
  ['`sagemaker`', sagemakerPlugin({ endpoint: 'my-endpoint' }), sagemakerAnswers],
]

function partsOf(plugin: ProviderPlugin, answers: ProviderAnswers, answer: RecordedAnswer): readonly Part[] {
  const head = { status: answer.status ?? 200, headers: answer.headers ?? {} }
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body
  return decodeResponse(plugin, head, [body], answer.call ?? answers.call).parts
}

function row([name, plugin, answers]: (typeof PROVIDERS)[number]): string {
  const good = [answers.text, answers.reasoning, answers.toolCalls, answers.whole]
    .concat(Object.values(answers.others ?? {}))
    .filter((answer) => answer !== undefined)
    .map((answer) => partsOf(plugin, answers, answer))
  const all = good.flat()
  const namesIn = (type: 'usage' | 'server-timing') =>
    [...new Set(all.filter((part) => part.type === type).flatMap((part) => Object.keys(part)))]
      .filter((key) => key !== 'type')
      .toSorted()
  const counted = good.filter((parts) => parts.some((part) => 'tokens' in part && part.tokens !== undefined))
  const perChunk =
    counted.length === 0 ? 'not told' : counted.length === good.length ? 'exact' : 'exact where told'
  const classes = [...new Set(answers.errors.map((error) => error.class))].toSorted()
  const cells = [
    name,
    perChunk,
    namesIn('usage')
      .map((key) => key.replace('Tokens', ''))
      .join(', '),
    namesIn('server-timing')
      .map((key) => `\`server_${key}\``)
      .join(', ') || 'none',
    classes.map((one) => `\`${one}\``).join(', '),
  ]
  return `| ${cells.join(' | ')} |`
}

const TABLE = [
  '| provider | tokens per chunk | usage | durations of the server | errors told apart |',
  '|---|---|---|---|---|',
  ...PROVIDERS.map(row),
].join('\n')

describe('docs/providers.md', () => {
  it('says of each provider what its decoder gives', () => {
    const page = readFileSync(PAGE, 'utf8')
    const [before = '', rest = ''] = page.split(BEGIN)
    const [table = '', after = ''] = rest.split(END)
    if (process.env['UPDATE_DOCS'] === '1')
      writeFileSync(PAGE, `${before}${BEGIN}\n\n${TABLE}\n\n${END}${after}`)
    else expect(table.trim()).toBe(TABLE)
  })
})

import assert from 'node:assert/strict'
import type { Lack } from './provider-answers.ts'
import { decode } from './reading.ts'
import { recordingOf } from './recorded.ts'
import { trial, type Subject, type Trial } from './trial.ts'

interface Matter {
  /** What to add where the answers have nothing of it. */
  readonly missing: string
  /** Whether the answers hold it. */
  readonly held: (subject: Subject) => boolean
}

const MATTERS: Readonly<Record<Lack, Matter>> = {
  reasoning: {
    missing: 'Add `reasoning`: an answer with reasoning before its text, with both as expected.',
    held: ({ answers }) => answers.reasoning !== undefined,
  },
  'tool-calls': {
    missing: 'Add `toolCalls`: an answer that calls a tool, with the calls as expected.',
    held: ({ answers }) => answers.toolCalls !== undefined,
  },
  usage: {
    missing: 'Add `usage` to `text`: the token counts its server gives.',
    held: ({ answers }) => answers.text.usage !== undefined,
  },
  whole: {
    missing: 'Add `whole`: an answer that was not streamed, with its `call`.',
    held: ({ answers }) => answers.whole !== undefined,
  },
  'stream-errors': {
    missing: 'Add an error of status 200 to `errors`: one that comes inside a stream.',
    held: ({ answers }) => answers.errors.some(({ status = 200 }) => status < 300),
  },
}

/** What a provider cannot do is said, and only that. */
export function lackingTrials(subject: Subject): Trial[] {
  const { plugin, answers, lacks } = subject
  const all = Object.entries(MATTERS) as [Lack, Matter][]
  return [
    ...all.map(([lack, { missing, held }]) =>
      trial(`answers: ${lack} is there, or said to be lacking`, () => {
        const there = held(subject)
        if (lacks.includes(lack)) {
          assert.ok(
            !there,
            `the answers hold ${lack}, and \`lacks\` names it: take '${lack}' out of \`lacks\`.`,
          )
        } else assert.ok(there, `${missing} Where the provider has none, put '${lack}' into \`lacks\`.`)
      }),
    ),
    trial('answers: say what has to be understood of them', () => {
      const { text, reasoning, toolCalls, whole, errors } = answers
      assert.ok(text.text, '`text` needs the `text` it holds.')
      assert.ok(text.finishReason, '`text` needs its `finishReason`.')
      if (reasoning)
        assert.ok(reasoning.reasoning && reasoning.text, '`reasoning` needs `reasoning` and `text`.')
      if (toolCalls) assert.ok(toolCalls.toolCalls?.length, '`toolCalls` needs the `toolCalls` it holds.')
      if (whole) assert.ok(whole.text, '`whole` needs the `text` it holds.')
      assert.ok(
        errors.some(({ status = 200 }) => status >= 400),
        '`errors` needs one by HTTP status.',
      )
    }),
    ...(lacks.includes('usage')
      ? [
          trial('answers: usage is not made up', () => {
            const { usage } = decode(plugin, recordingOf(answers.text, answers))
            assert.deepEqual(usage, {}, "`lacks` names 'usage', but the plugin finds one in `text`.")
          }),
        ]
      : []),
  ]
}

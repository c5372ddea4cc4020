import type { ErrorClass, ErrorPart, Part, WarningPart } from 'loadbench/plugin'

export type OnGuardrail = 'fail' | 'warn'

/**
 * Ends that are no good answers, by the reason in lower case. They are the terminal mark all the same: the
 * answer is not truncated, it is bad.
 */
const FAILED: ReadonlyMap<string, readonly [ErrorClass, string]> = new Map([
  ['content_filtered', ['content_filter', 'the content filter ended the answer']],
  ['content_filter', ['content_filter', 'the content filter ended the answer']],
  ['refusal', ['content_filter', "the model's safety classifier ended the answer"]],
  ['error_toxic', ['content_filter', 'the model refused its own answer as toxic']],
  ['malformed_model_output', ['stream_error', 'the model wrote what Bedrock could not read']],
  ['malformed_tool_use', ['stream_error', 'the model wrote a tool call that Bedrock could not read']],
  ['error_limit', ['context_length', 'prompt and answer are longer than the context']],
  ['error', ['stream_error', 'the model ended the answer with an error']],
])

/** The parts of an answer's end: the finish, before it what is wrong with it. */
export function partsOfStop(reason: string): readonly Part[] {
  const finish = { type: 'finish', reason } as const
  const failed = FAILED.get(reason.toLowerCase())
  if (failed !== undefined) {
    const [errorClass, what] = failed
    const message = `${what} (stop reason "${reason}")`
    return [{ type: 'error', class: errorClass, code: reason, message }, finish]
  }
  if (reason !== 'model_context_window_exceeded') return [finish]
  const message = 'the context was full before the answer was as long as it was allowed to be'
  return [{ type: 'warning', code: 'context-window-full', message }, finish]
}

export function guardrailPart(on: OnGuardrail): ErrorPart | WarningPart {
  const message = 'a guardrail blocked or masked something'
  return on === 'fail'
    ? { type: 'error', class: 'content_filter', code: 'guardrail_intervened', message }
    : { type: 'warning', code: 'guardrail-intervened', message }
}

import { LoadbenchError, type CompletionSettings, type HttpRequest } from 'loadbench/plugin'
import { rootPath } from '../address.ts'
import type { TgiSettings } from '../settings.ts'
import { parametersOf } from './parameters.ts'

/**
 * The request of a completion. Its body says `stream` although the route does: so it fits `/` and
 * SageMaker's `/invocations` too.
 * @param headers those of the client.
 * @throws LB_CALL_INVALID where there is no prompt.
 */
export function generateRequest(
  call: CompletionSettings,
  target: URL,
  settings: TgiSettings,
  headers: HttpRequest['headers'],
): HttpRequest {
  const stream = call.stream ?? true
  const extra = { ...settings.extra, ...call.extra }
  const body = {
    inputs: call.prompt,
    ...extra,
    parameters: parametersOf(call, settings, extra),
    stream,
  }
  // Scripts are stripped of their types, not checked.
  if (body.inputs === undefined) throw noPrompt()
  return {
    method: 'POST',
    path: `${rootPath(target)}${stream ? '/generate_stream' : '/generate'}${target.search}`,
    headers: {
      'content-type': 'application/json',
      accept: stream ? 'text/event-stream' : 'application/json',
      // A server that compresses without flushing holds tokens back.
      'accept-encoding': 'identity',
      ...headers,
    },
    body: JSON.stringify(body),
  }
}

function noPrompt(): LoadbenchError {
  return new LoadbenchError(
    'LB_CALL_INVALID',
    'a generate call has no `prompt`',
    "Give it one: generate({ prompt: 'Why is the sky blue?' }).",
  )
}

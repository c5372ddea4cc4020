import { isObject, type JsonObject, type ProbeAnswer } from 'loadbench/plugin'

/** The entries of `/api/tags` or `/api/ps`; `undefined` where the answer is no such list. */
export function entriesOf(answer: ProbeAnswer | undefined): readonly JsonObject[] | undefined {
  const body = answer?.json
  if (answer?.status !== 200 || !isObject(body)) return undefined
  // A server without models writes null.
  if (body['models'] === null) return []
  return Array.isArray(body['models']) ? body['models'].filter(isObject) : undefined
}

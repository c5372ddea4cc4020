import { isObject, type ProbeAnswer } from 'loadbench/plugin'

/** A field of an answer that came well; `undefined` of any other. */
export function fieldOf(answer: ProbeAnswer | undefined, name: string): unknown {
  if (answer === undefined || answer.status < 200 || answer.status >= 300) return undefined
  return isObject(answer.json) ? answer.json[name] : undefined
}

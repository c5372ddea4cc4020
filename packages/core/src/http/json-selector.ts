import { invalid } from './invalid.ts'

/**
 * What a path such as `hits.0.id`, `hits.#` (how many) or `hits.#.id` (one of each) names in decoded JSON;
 * `undefined` where there is nothing. A dot in a name is written `\.`. The further powers of k6's paths
 * (queries, wildcards, modifiers) are left to JavaScript.
 * @throws LB_CALL_INVALID for a path that uses those.
 */
export function selectJson(value: unknown, path: string): unknown {
  const steps = path.split(/(?<!\\)\./).map((step) => step.replaceAll(String.raw`\.`, '.'))
  const strange = steps.find((step) => step === '' || /[*?@|(\\]/.test(step))
  if (strange !== undefined) {
    throw invalid(
      `json() was given the path ${JSON.stringify(path)}, of which loadbench reads names, indices and # only`,
      'Call json() without a path and pick with JavaScript: response.json().hits.find(…).',
    )
  }
  return select(value, steps)
}

function select(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return value
  if (Array.isArray(value)) {
    if (step !== '#') return /^\d+$/.test(step) ? select(value[Number(step)], rest) : undefined
    if (rest.length === 0) return value.length
    return value.map((one) => select(one, rest)).filter((one) => one !== undefined)
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return select(Reflect.get(value, step), rest)
}

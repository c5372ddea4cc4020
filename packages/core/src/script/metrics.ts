import { LoadbenchError } from '../model/errors.ts'
import { BUILT_IN_METRICS, METRIC_NAME, type MetricDefinition, type MetricType } from '../model/metric.ts'
import type { Tags } from '../model/tags.ts'
import { currentScope } from './scope.ts'
import { checkTags } from './tags.ts'

const registered = new Map<string, MetricDefinition>()

/** The metrics scripts of this thread have made. */
export function scriptMetrics(): readonly MetricDefinition[] {
  return [...registered.values()]
}

function register(definition: MetricDefinition): MetricDefinition {
  const { name, type } = definition
  if (!METRIC_NAME.test(name)) {
    throw new LoadbenchError(
      'LB_METRIC_INVALID',
      `"${name}" cannot be the name of a metric`,
      'Use 2 to 128 letters, digits and _, not starting with a digit.',
    )
  }
  if (currentScope() !== undefined) {
    throw new LoadbenchError(
      'LB_INIT_ONLY',
      `the metric "${name}" was made inside an iteration`,
      'Make metrics at the top of the script and add values to them in iterations.',
    )
  }
  if (BUILT_IN_METRICS.some((metric) => metric.name === name)) {
    throw new LoadbenchError(
      'LB_METRIC_INVALID',
      `the metric "${name}" is loadbench's own: values of a script would mix into what it measured`,
      'Give the new metric another name.',
    )
  }
  const known = registered.get(name)
  if (known !== undefined && known.type !== type) {
    throw new LoadbenchError(
      'LB_METRIC_INVALID',
      `the metric "${name}" is a ${known.type} already and cannot be a ${type} too`,
      'Give the new metric another name.',
    )
  }
  if (known !== undefined) return known
  registered.set(name, definition)
  return definition
}

abstract class ScriptMetric {
  readonly name: string
  readonly #definition: MetricDefinition

  protected constructor(definition: MetricDefinition) {
    this.#definition = register(definition)
    this.name = definition.name
  }

  /**
   * Records a value under the tags of the scenario, group and `tags`. What is no finite number is left out, and
   * counted among the notes of the run. Outside of a run: nothing.
   * @throws LB_CALL_INVALID for a tag that loadbench sets itself.
   */
  add(value: number | boolean, tags?: Tags): void {
    const scope = currentScope()
    if (scope === undefined || scope.vu.closed) return
    const { sink } = scope.vu
    const number = numberOf(value)
    const all = tags === undefined ? scope.tags : { ...scope.tags, ...checkTags(tags) }
    if (Number.isFinite(number)) sink.add(this.#definition, number, all)
    else sink.noNumber(this.name)
  }
}

/** Scripts without types give texts of numbers, too, as from the head of an answer. */
function numberOf(value: unknown): number {
  if (typeof value === 'string' && value.trim() === '') return Number.NaN
  return typeof value === 'boolean' || typeof value === 'string' ? Number(value) : (value as number)
}

const plain = (name: string, type: MetricType): MetricDefinition => ({ name, type, unit: '' })

/** A sum: `count`, and `rate` per second of the run. Made at the top of a script. */
export class Counter extends ScriptMetric {
  constructor(name: string) {
    super(plain(name, 'counter'))
  }
}

/** The last value, with the smallest and largest. Made at the top of a script. */
export class Gauge extends ScriptMetric {
  constructor(name: string) {
    super({ ...plain(name, 'gauge'), across: 'last' })
  }
}

/** The share of values that are true (not 0). Made at the top of a script. */
export class Rate extends ScriptMetric {
  constructor(name: string) {
    super(plain(name, 'rate'))
  }

  override add(value: number | boolean, tags?: Tags): void {
    super.add(Boolean(value), tags)
  }
}

/**
 * A distribution: `avg min med max p(N) count`. Kept in a histogram with 3 significant digits for
 * values from 0 to 3 600 000; values outside are recorded at the edge and counted.
 */
export class Trend extends ScriptMetric {
  /** @param isTime values are milliseconds. Default `false`. */
  constructor(name: string, isTime = false) {
    super({ ...plain(name, 'trend'), unit: isTime ? 'ms' : '' })
  }
}

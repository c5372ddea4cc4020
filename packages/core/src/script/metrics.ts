import { LoadbenchError } from '../model/errors.ts'
import { BUILT_IN_METRICS, METRIC_NAME, type MetricDefinition, type MetricType } from '../model/metric.ts'
import type { Tags } from '../model/tags.ts'
import { currentScope } from './scope.ts'

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
  const known = registered.get(name) ?? BUILT_IN_METRICS.find((metric) => metric.name === name)
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

  /** Records a value under the tags of the scenario, group and `tags`. Outside of a run: nothing. */
  add(value: number | boolean, tags?: Tags): void {
    const scope = currentScope()
    if (scope === undefined || scope.vu.closed) return
    const all = tags === undefined ? scope.tags : { ...scope.tags, ...tags }
    scope.vu.sink.add(this.#definition, Number(value), all)
  }
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

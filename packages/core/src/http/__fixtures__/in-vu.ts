import { testVu, type TestVu } from '../../client/__fixtures__/scope.ts'
import { runInScope } from '../../script/scope.ts'

export interface HttpVu extends TestVu {
  run<T>(work: () => T): T
  /** Values of one metric, in order. */
  of(metric: string): number[]
  /** Tags of a metric's first value. */
  tagsOf(metric: string): Readonly<Record<string, string>> | undefined
}

/** A virtual user whose requests are recorded into lists. */
export function httpVu(tags?: Readonly<Record<string, string>>): HttpVu {
  const vu = testVu(tags)
  return {
    ...vu,
    run: (work) => runInScope(vu.scope, work),
    of: (metric) => vu.values.filter((one) => one.metric === metric).map(({ value }) => value),
    tagsOf: (metric) => vu.values.find((one) => one.metric === metric)?.tags,
  }
}

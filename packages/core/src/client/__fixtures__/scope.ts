import { onTestFinished } from 'vitest'
import type { ExchangeSample } from '../../model/exchange.ts'
import type { Failure } from '../../model/failure.ts'
import { Running } from '../../model/interrupt.ts'
import type { Plan } from '../../model/plan.ts'
import type { Tags } from '../../model/tags.ts'
import { scopeOf, type Scope } from '../../script/scope.ts'
import { closeConnections } from '../pools.ts'

const PLAN: Plan = {
  schemaVersion: 1,
  scenarios: [],
  thresholds: [],
  slo: {},
  tags: {},
  summaryTrendStats: [],
  setupTimeout: 1,
  teardownTimeout: 1,
  handleSummaryTimeout: 1,
  minIterationDuration: 0,
  noSetup: false,
  noTeardown: false,
  workers: 1,
  seed: 1,
}

export interface TestVu {
  readonly scope: Scope
  /** What was recorded, with the tags of the scope. */
  readonly samples: { readonly sample: ExchangeSample; readonly tags: Tags }[]
  /** Values of metrics recorded beside exchanges. */
  readonly values: { readonly metric: string; readonly value: number; readonly tags: Tags }[]
  /** Failures of what is no exchange. */
  readonly failures: Failure[]
  /** Exchanges under way. */
  streams(): number
}

/** A virtual user that records into a list. Its connections are closed when the test is over. */
export function testVu(tags: Tags = { scenario: 'default' }): TestVu {
  const samples: TestVu['samples'] = []
  const values: TestVu['values'] = []
  const failures: TestVu['failures'] = []
  let streams = 0
  const scope = scopeOf({
      idInTest: 1,
      idInInstance: 1,
      iterationInInstance: 0,
      iterationInScenario: 0,
      iterationInTest: 0,
      scheduledAt: undefined,
      scenario: undefined,
      instance: {
        iterationsCompleted: 0,
        iterationsInterrupted: 0,
        vusActive: 1,
        vusInitialized: 1,
        currentTestRunDuration: 0,
      },
      control: { abort: () => undefined, fail: () => undefined },
      options: PLAN,
      sink: {
        add: (metric, value, valueTags) => void values.push({ metric: metric.name, value, tags: valueTags }),
        exchange: (sample, scopeTags) => void samples.push({ sample, tags: scopeTags }),
        failure: (failure) => void failures.push(failure),
        checkFailed: () => undefined,
        noNumber: () => undefined,
        stream: (change) => void (streams += change),
      },
      random: Math.random,
      running: new Running(),
      connections: undefined,
      closed: false,
      tags,
  })
  onTestFinished(() => closeConnections(scope.vu))
  return { scope, samples, values, failures, streams: () => streams }
}

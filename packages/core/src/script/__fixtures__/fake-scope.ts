import { Running } from '../../model/interrupt.ts'
import type { MetricDefinition } from '../../model/metric.ts'
import type { Plan } from '../../model/plan.ts'
import { seeded } from '../../model/random.ts'
import type { Tags } from '../../model/tags.ts'
import { scopeOf, type Scope } from '../scope.ts'

export interface Added {
  readonly name: string
  readonly value: number
  readonly tags: Tags
}

/** A scope as an iteration has it, and everything recorded in it. */
export function fakeScope(): { readonly scope: Scope; readonly added: Added[]; readonly leftOut: string[] } {
  const added: Added[] = []
  const leftOut: string[] = []
  const vu: Scope['vu'] = {
    idInTest: 7,
    idInInstance: 7,
    iterationInInstance: 0,
    iterationInScenario: 3,
    iterationInTest: 12,
    scheduledAt: undefined,
    scenario: { name: 'spike', executor: 'constant-vus', env: { A: 'b' }, startTime: 5, progress: () => 0.5 },
    instance: {
      iterationsCompleted: 1,
      iterationsInterrupted: 2,
      vusActive: 3,
      vusInitialized: 4,
      currentTestRunDuration: 5,
    },
    control: { abort: () => undefined, fail: () => undefined },
    options: { seed: 1 } as Plan,
    sink: {
      add: (metric: MetricDefinition, value, tags) => void added.push({ name: metric.name, value, tags }),
      exchange: () => undefined,
      failure: () => undefined,
      checkFailed: () => undefined,
      noNumber: (metric) => void leftOut.push(metric),
      stream: () => undefined,
    },
    random: seeded(1),
    running: new Running(),
    connections: undefined,
    closed: false,
    tags: { scenario: 'spike' },
  }
  return { scope: scopeOf(vu), added, leftOut }
}

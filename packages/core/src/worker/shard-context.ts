import type { Millis } from '../model/clock.ts'
import type { Plan, ScenarioPlan } from '../model/plan.ts'
import type { SampleSink } from '../model/sink.ts'
import type { Tags } from '../model/tags.ts'
import type { RunControl } from '../script/scope.ts'
import type { InstanceCounts } from './instance-counts.ts'

/** What the VUs of one shard share. */
export interface ShardContext {
  readonly options: Plan
  readonly sink: SampleSink
  readonly counts: InstanceCounts
  readonly control: RunControl
  readonly minIterationDuration: Millis
  /** The exported function a scenario runs. */
  functionOf(plan: ScenarioPlan): (data: unknown) => unknown
  /** One object per scenario, the same at each call. */
  tagsOf(plan: ScenarioPlan): Tags
  /** A fresh copy of what setup() returned. */
  setupData(): unknown
  /** Script code of a scenario has just run. */
  ranCode(scenario: string): void
  /** An iteration threw. */
  iterationFailed(scenario: string, error: unknown): void
}

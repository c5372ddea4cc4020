import type { MessagePort } from 'node:worker_threads'
import type { Targets } from '../client/targets.ts'
import type { Millis } from '../model/clock.ts'
import type { Plan, Shard } from '../model/plan.ts'
import type { ScriptErrorDelta, Snapshot } from '../model/snapshot.ts'
import type { SharedRows } from '../script/shared-array.ts'

/** What a worker is given for its one long task. */
export interface ShardTask {
  readonly plan: Plan
  readonly shard: Shard
  readonly port: MessagePort
  /** The bundled script, a file. */
  readonly bundle: string
  readonly targets: Targets
  readonly simulated: boolean
  readonly sharedRows: ReadonlyMap<string, SharedRows>
  /** Folder of the run, for the sample file; absent: none is written. */
  readonly folder?: string
  /** Counts of the whole process; see `InstanceCounts`. */
  readonly counts: SharedArrayBuffer
}

/** To a worker. All of it goes over the task's port, so that order is kept. */
export type ToWorker =
  /** `at`: on the shared clock. `data`: what setup() returned, as JSON. */
  | { readonly type: 'start'; readonly at: Millis; readonly data: string | undefined }
  /** `graceful`: start nothing new, wait each scenario's gracefulStop. `now`: interrupt. */
  | { readonly type: 'stop'; readonly how: 'graceful' | 'now' }

/** From a worker. `done` is the last message on its port and the only sign that a shard is complete. */
export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly type: 'abort'; readonly reason: string }
  | { readonly type: 'fail'; readonly reason: string }
  | { readonly type: 'log'; readonly level: LogLevel; readonly text: string }
  /** The first of its kind on this worker. `text`: message and stack. */
  | ({ readonly type: 'script-error'; readonly text: string } & Pick<ScriptErrorDelta, 'kind' | 'scenario'>)
  | { readonly type: 'broken'; readonly error: BrokenShard }
  /** The sample file of this worker cannot be written, or lacks some. */
  | { readonly type: 'samples-lost'; readonly reason: string }
  /** `targets`: where calls went, by provider. */
  | { readonly type: 'done'; readonly targets: Targets }

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Why a shard cannot start, or go on. */
export interface BrokenShard {
  readonly code: string
  readonly message: string
  readonly hint: string
}

import type { Outputs } from '../outputs/outputs.ts'
import type { RunWriter } from '../store/run-writer.ts'
import type { Recorder } from '../worker/recorder.ts'
import { ownSnapshot, type Collector } from './collector.ts'

/** Where seconds of a run go. */
interface Takers {
  readonly collector: Collector
  readonly writer: RunWriter
  readonly outputs: Outputs
}

/** What setup() or teardown() recorded, told like a second of a worker. */
export function noteOwn({ collector, writer, outputs }: Takers, { sink }: { readonly sink: Recorder }): void {
  const own = ownSnapshot(sink.drain())
  if (own.series.length === 0 && Object.keys(own.notes ?? {}).length === 0) return
  writer.snapshots([own])
  const interval = collector.second([own])
  if (outputs.any) outputs.interval(collector.intervalOf(own.second, [own], interval))
}

import type { HealthSummary } from 'loadbench/report'
import { count, quantity, share, spoken, type Quantity } from './format.ts'

type Shown = (value: number) => Quantity

const millis: Shown = (value) => quantity(value, 'ms')
const bytes: Shown = (value) => quantity(value, 'bytes')
const cores: Shown = (value) => quantity(value, 'cores')

/** Of several workers and seconds the worst, `late_share` of all. */
const FIGURES: Readonly<Record<string, readonly [label: string, shown: Shown]>> = {
  late_share: ['Time in which bytes were read too late', share],
  read_delay_p99: ['Read late by, p99', millis],
  event_loop_delay_p99: ['Event loop delay, p99', millis],
  event_loop_delay_max: ['Event loop delay, longest', millis],
  event_loop_utilization_max: ['Event loop busy, most of a second', share],
  schedule_lag_p99: ['Schedule lag, p99', millis],
  schedule_lag_max: ['Schedule lag, longest', millis],
  cpu_max: ['CPU of a worker, most', cores],
  cpu_wait_max: ['Waiting for a core, most of a second', share],
  process_cpu_max: ['CPU of the process, most', cores],
  gc_pause_max: ['Garbage collection, longest pause', millis],
  heap_max: ['Heap of a worker, most', bytes],
  rss_max: ['Memory of the process, most', bytes],
  open_files_max: ['Open files and sockets, most', count],
  open_files_limit: ['Open files and sockets, limit', count],
  open_ports_max: ['Local ports in use, most', count],
  open_ports_limit: ['Local ports, limit', count],
  other_programs_share: ['CPU time other programs used', share],
  stolen_share: ['CPU time the machine was not given', share],
  coalesced_share: ['Frames that shared a socket read', share],
  started_share: ['Scheduled iterations started', share],
  dropped_share: ['Scheduled iterations dropped', share],
  workers_died: ['Workers that died', count],
  clamped_values: ['Values beyond the histograms', count],
  folded_tag_sets: ['Tag sets folded together', count],
}

/** What the verdict on the generator was made from, in words; figures this version does not know keep their names. */
export function healthFigures({ figures }: HealthSummary): readonly { name: string; value: string }[] {
  return Object.entries(figures).map(([figure, value]) => {
    const [name, shown] = FIGURES[figure] ?? [figure, (other: number) => quantity(other, '')]
    return { name, value: spoken(shown(value)) }
  })
}

import type { ReportInput } from 'loadbench/report'
import type { Chart } from './chart.ts'
import type { PageData } from './chart-spec.ts'
import { specOf } from './chart.ts'
import { arrivals } from './charts/arrivals.ts'
import { errors } from './charts/errors.ts'
import { generatorCpu } from './charts/generator-cpu.ts'
import { generatorDelay } from './charts/generator-delay.ts'
import { itl } from './charts/itl.ts'
import { load } from './charts/load.ts'
import { tokens } from './charts/tokens.ts'
import { ttft } from './charts/ttft.ts'

/** The charts in the order they are shown. All share the time axis. */
export const CHARTS: readonly Chart[] = [
  ttft,
  itl,
  arrivals,
  tokens,
  load,
  errors,
  generatorDelay,
  generatorCpu,
]

/** What the page draws. */
export function pageData(input: ReportInput): PageData {
  const { at, width } = input.timeline
  return {
    at: at.map(toMillisecond),
    width: width.map(toMillisecond),
    charts: CHARTS.flatMap((chart) => specOf(chart, input) ?? []),
  }
}

function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1e3) / 1e3
}

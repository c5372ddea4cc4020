import type { ShownUnit } from './format.ts'

/** The colour of what others are measured by. */
export const QUIET = 0

/** One line, or one layer of a stack. */
export interface ChartSeries {
  readonly name: string
  /** Which colour, from 1, or `QUIET`. */
  readonly colour: number
  readonly dash: 'solid' | 'dashed' | 'dotted'
  /** By interval; `null` where there is no value. */
  readonly values: readonly (number | null)[]
}

/** A line at the bound of a threshold. */
export interface ChartBound {
  readonly value: number
  /** The expression it comes from. */
  readonly label: string
}

/** Everything the page needs to draw one chart over time. */
export interface ChartSpec {
  readonly id: string
  readonly title: string
  readonly unit: ShownUnit
  readonly kind: 'lines' | 'stack'
  /** Drawn for parts that have none of their own, said to be of the whole run. */
  readonly forAll: boolean
  readonly series: readonly ChartSeries[]
  readonly bounds: readonly ChartBound[]
}

/** How the values of one metric are spread. */
export interface DistributionSpec {
  readonly metric: string
  readonly title: string
  readonly unit: ShownUnit
  readonly count: number
  /** `from` ≤ value < `to`, and how many. */
  readonly buckets: readonly (readonly [from: number, to: number, count: number])[]
  /** Share of the values, 0 to 1, that do not exceed a value. */
  readonly percentiles: readonly (readonly [share: number, value: number])[]
  readonly bounds: readonly ChartBound[]
}

/** A numbered moment in the charts over time. */
export interface ChartMarker {
  /** Seconds from the start of the run. */
  readonly at: number
  readonly kind: 'stage' | 'first-error' | 'threshold' | 'warm-up'
  /** Of a warm-up its end, in seconds likewise. */
  readonly until?: number
  readonly label: string
}

/** What is drawn of one part. */
export interface PartDrawings {
  readonly charts: readonly ChartSpec[]
  readonly distributions: readonly DistributionSpec[]
}

/** What the document hands to its script. */
export interface PageData {
  /** Names exported files. */
  readonly run: string
  /** Says under an exported picture what it shows: script, target, time. */
  readonly caption: string
  /** Ends of the intervals and their widths, s from the start of the run. */
  readonly at: readonly number[]
  readonly width: readonly number[]
  readonly markers: readonly ChartMarker[]
  /** What a reader may choose, in the order of the choices. */
  readonly parts: readonly string[]
  /** By part, the whole run first. Parts beyond what one file can hold have no charts. */
  readonly drawings: readonly PartDrawings[]
}

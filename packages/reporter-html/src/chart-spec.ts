import type { ShownUnit } from './format.ts'

/** One line, or one layer of a stack. */
export interface ChartSeries {
  readonly name: string
  /** Which colour, from 1. */
  readonly colour: number
  readonly dash: 'solid' | 'dashed' | 'dotted'
  /** By interval; `null` where there is no value. */
  readonly values: readonly (number | null)[]
}

/** A horizontal line at the bound of a threshold. */
export interface ChartBound {
  readonly value: number
  /** The expression it comes from. */
  readonly label: string
}

/** Everything the page needs to draw one chart. */
export interface ChartSpec {
  readonly id: string
  readonly unit: ShownUnit
  readonly kind: 'lines' | 'stack'
  readonly series: readonly ChartSeries[]
  readonly bounds: readonly ChartBound[]
}

/** What the document hands to its script. */
export interface PageData {
  /** Ends of the intervals and their widths, s from the start of the run. */
  readonly at: readonly number[]
  readonly width: readonly number[]
  readonly charts: readonly ChartSpec[]
}

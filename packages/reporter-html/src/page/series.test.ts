import { expect, it } from 'vitest'
import type { ChartSpec, PageData } from '../chart-spec.ts'
import type { Theme } from './theme.ts'
import { bars, line, middleOf } from './series.ts'

const theme: Theme = {
  text: '',
  muted: '',
  line: '',
  surface: '',
  font: '',
  noteSize: 12,
  series: (colour) => `colour ${colour}`,
}
const page: PageData = { at: [1, 2, 3, 3.5], width: [1, 1, 1, 0.5], charts: [] }
const spec: ChartSpec = {
  id: 'x',
  unit: 'ms',
  kind: 'lines',
  bounds: [{ value: 7, label: 'p(95)<7' }],
  series: [
    { name: 'a', colour: 1, dash: 'solid', values: [4, null, null, 5] },
    { name: 'b', colour: 2, dash: 'dashed', values: [1, 2, null, 3] },
  ],
}

it('puts a value into the middle of its interval', () => {
  expect([0, 1, 3].map((index) => middleOf(page, index))).toEqual([500, 1_500, 3_250])
})

it('makes dots of values that have no neighbour to be joined with', () => {
  const dots = line(spec, page, theme).map((series) =>
    'data' in series && Array.isArray(series.data)
      ? series.data.map((point: object) => 'symbol' in point)
      : [],
  )
  expect(dots).toEqual([
    [true, false, false, true],
    [false, false, false, true],
  ])
})

it('draws the bounds once', () => {
  expect(line(spec, page, theme).map((series) => 'markLine' in series)).toEqual([true, false])
})

it('stacks all layers on each other', () => {
  expect(bars({ ...spec, kind: 'stack' }, page, theme)).toMatchObject([
    { type: 'bar', stack: 'all', itemStyle: { color: 'colour 1' } },
    { type: 'bar', stack: 'all', itemStyle: { color: 'colour 2' } },
  ])
})

import { describe, expect, it } from 'vitest'
import type { ChartSpec, PageData } from '../chart-spec.ts'
import { theme } from '../__fixtures__/theme.ts'
import { marks, namesOf } from './marks.ts'

const page: PageData = {
  run: 'x',
  caption: '',
  at: [1, 2, 3, 3.5],
  width: [1, 1, 1, 0.5],
  markers: [
    { at: 0.25, until: 1.75, kind: 'warm-up', label: 'warm-up' },
    { at: 1.5, kind: 'stage', label: 'to 5/s' },
    { at: 2, kind: 'threshold', label: 'b' },
  ],
  parts: [],
  drawings: [],
}
const spec: ChartSpec = {
  id: 'x',
  title: 'X',
  forAll: false,
  unit: 'ms',
  kind: 'lines',
  bounds: [{ value: 7, label: 'p(95)<7' }],
  series: [],
}
const marked = marks(spec, page, theme, { width: 500, plot: 350, touch: false })

it('marks bounds across and moments upright, by their numbers', () => {
  expect(marked).toMatchObject({
    markLine: {
      data: [
        { yAxis: 7, name: 'p(95)<7' },
        { xAxis: 250, name: '1' },
        { xAxis: 1_500, name: '2' },
        { xAxis: 2_000, name: '3' },
      ],
    },
  })
})

it('shades a warm-up from the moment it begins to the moment it ends, whatever the intervals', () => {
  expect(marked).toMatchObject({ markArea: { data: [[{ xAxis: 250 }, { xAxis: 1_750 }]] } })
})

describe('the numbers of moments', () => {
  const markers = [0, 4, 4.9, 5, 5, 5.2, 9].map((at) => ({ at, kind: 'stage', label: '' }) as const)

  it.each([
    { scale: 1_000, names: ['1', '2', '3', '4–5', '', '6', '7'] },
    { scale: 40, names: ['1', '2', '3–6', '', '', '', '7'] },
    { scale: 10, names: ['1', '2–6', '', '', '', '', '7'] },
    { scale: 1, names: ['1–7', '', '', '', '', '', ''] },
  ])(
    'are written once where they would be written over each other: $scale px a second',
    ({ scale, names }) => {
      expect(namesOf(markers, scale)).toEqual(names)
    },
  )
})

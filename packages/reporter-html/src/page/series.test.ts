import { expect, it } from 'vitest'
import type { ChartSpec, PageData } from '../chart-spec.ts'
import { theme } from '../__fixtures__/theme.ts'
import { bars, line, middleOf, widthsOf } from './series.ts'

const page: PageData = {
  run: 'x',
  caption: '',
  at: [1, 2, 3, 3.5],
  width: [1, 1, 1, 0.5],
  markers: [],
  parts: [],
  drawings: [],
}
const room = { width: 500, plot: 400, touch: false }
const spec: ChartSpec = {
  id: 'x',
  title: 'X',
  forAll: false,
  unit: 'ms',
  kind: 'lines',
  bounds: [],
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

it('stacks all layers on each other', () => {
  expect(bars({ ...spec, kind: 'stack' }, page, theme, room)).toMatchObject([
    { type: 'bar', stack: 'all', itemStyle: { color: 'colour 1' } },
    { type: 'bar', stack: 'all', itemStyle: { color: 'colour 2' } },
  ])
})

it.each([
  {
    name: 'lines apart',
    lines: [
      [1, 2, 3],
      [10, 20, 30],
    ],
    widths: [1.75, 1.75],
  },
  {
    name: 'the same values',
    lines: [
      [1, 2, 3],
      [1, 2, 3],
    ],
    widths: [4, 1.75],
  },
  {
    name: 'values that nearly are the same',
    lines: [
      [10, 20, 30],
      [10.1, 19.9, 30],
    ],
    widths: [4, 1.75],
  },
  {
    name: 'three on each other',
    lines: [
      [5, 5],
      [5, 5],
      [5, 5],
    ],
    widths: [6.25, 4, 1.75],
  },
  {
    name: 'nothing but zeros',
    lines: [
      [0, 0, 9],
      [0, 0, 3],
    ],
    widths: [1.75, 1.75],
  },
  {
    name: 'gaps',
    lines: [
      [1, null, 3],
      [null, 2, null],
    ],
    widths: [1.75, 1.75],
  },
])('of $name the lower one is wider by what must look out', ({ lines, widths }) => {
  const series = lines.map((values) => ({ name: 'a', colour: 1, dash: 'solid' as const, values }))
  expect(widthsOf({ series })).toEqual(widths)
})

it('of lines told apart by their dashes are the same', () => {
  const series = (['solid', 'dashed', 'dotted'] as const).map((dash, index) => {
    return { name: dash, colour: index + 1, dash, values: [1, 2, 3] }
  })
  expect(widthsOf({ series })).toEqual([1.75, 1.75, 1.75])
})

it('makes bars as wide as the intervals, even where the run ends in a sliver', () => {
  const sliver: PageData = { ...page, at: [1, 2, 3, 3.1], width: [1, 1, 1, 0.1] }
  const widthOf = (drawn: PageData) =>
    bars({ ...spec, kind: 'stack' }, drawn, theme, room).map((bar) => ('barWidth' in bar ? bar.barWidth : ''))
  // The middles are a second apart, and at the end 0.55 s.
  expect(Number.parseFloat(String(widthOf(sliver)[0]))).toBeCloseTo(85 / 0.55, 6)
  expect(widthOf({ ...page, at: [1, 2], width: [1, 1] })).toEqual(['85%', '85%'])
  expect(widthOf({ ...page, at: [0.3], width: [0.3] })).toEqual(['85%', '85%'])
})

it('leaves no gaps between bars too thin for them', () => {
  const at = Array.from({ length: 100 }, (_, index) => index + 1)
  const long: PageData = { ...page, at, width: at.map(() => 1) }
  expect(bars({ ...spec, kind: 'stack' }, long, theme, room)).toMatchObject([
    { barWidth: '100%' },
    { barWidth: '100%' },
  ])
})

it('draws the only interval of a run from its beginning to its end', () => {
  const only: PageData = { ...page, at: [0.3], width: [0.3] }
  expect(line(spec, only, theme)).toMatchObject([
    { data: [{ value: [0, 4] }, { value: [300, 4] }] },
    { data: [{ value: [0, 1] }, { value: [300, 1] }] },
  ])
})

import type { ChartMarker, ChartSpec, PageData } from '../chart-spec.ts'
import type { Room } from './drawing.ts'
import type { Theme } from './theme.ts'
import { lengthOf } from '../run-clock.ts'
import { warmUps } from '../warm-up.ts'

/** The bounds of thresholds across, the numbered moments upright, and warm-ups as bands behind everything. */
export function marks({ bounds }: ChartSpec, page: PageData, theme: Theme, room: Room): object {
  const names = namesOf(page.markers, room.plot / lengthOf(page))
  return {
    ...markLines([
      ...bounds.map(({ value, label }) => ({ yAxis: value, name: label, ...boundStyle(theme) })),
      ...page.markers.map((marker, index) => ({
        xAxis: marker.at * 1e3,
        name: names[index],
        ...momentStyle(marker, theme),
      })),
    ]),
    markArea: {
      silent: true,
      animation: false,
      itemStyle: { color: theme.muted, opacity: 0.14 },
      data: warmUps(page.markers).map(({ from, to }) => [{ xAxis: from * 1e3 }, { xAxis: to * 1e3 }]),
    },
  }
}

/** Lines across or upright in a series of their own, so that no key hides them. */
export function markLines(data: readonly object[]): object {
  return { type: 'line', data: [], markLine: { silent: true, symbol: 'none', animation: false, data } }
}

/** Width of a digit in a label, and what must be free between two labels, px. */
const DIGIT = 7
const FREE = 4

/** The numbers of neighbouring moments. */
interface Numbers {
  readonly first: number
  readonly last: number
}

/**
 * The numbers of the moments; those that would be written over each other stand at the first of them: `3–7`.
 * @param scale px in a second
 */
export function namesOf(markers: readonly ChartMarker[], scale: number): readonly string[] {
  const centre = ({ first }: Numbers) => (markers[first]?.at ?? 0) * scale
  const half = (numbers: Numbers) => (textOf(numbers).length * DIGIT) / 2
  const touch = (a: Numbers, b: Numbers) => centre(a) + half(a) + FREE > centre(b) - half(b)
  const written: Numbers[] = []
  for (const index of markers.keys()) {
    let numbers: Numbers = { first: index, last: index }
    for (let before = written.at(-1); before && touch(before, numbers); before = written.at(-1)) {
      numbers = { first: before.first, last: numbers.last }
      written.pop()
    }
    written.push(numbers)
  }
  return markers.map((_, index) => {
    const own = written.find(({ first }) => first === index)
    return own === undefined ? '' : textOf(own)
  })
}

function textOf({ first, last }: Numbers): string {
  return first === last ? String(first + 1) : `${first + 1}–${last + 1}`
}

/** How the bound of a threshold is drawn across, with its label above it. */
export function boundStyle(theme: Theme): object {
  return {
    lineStyle: { color: theme.muted, type: [2, 3], width: 1.25 },
    label: { ...labelStyle(theme), position: 'insideStartTop', distance: 3 },
  }
}

/** The same upright, with its label at its upper end. @param above px between them */
export function uprightBoundStyle(theme: Theme, above: number): object {
  return { ...boundStyle(theme), label: { ...labelStyle(theme), position: 'end', distance: above } }
}

/** The number stands above the labels of the value axis, which it would touch at the start of the run. */
function momentStyle({ kind }: ChartMarker, theme: Theme): object {
  const color = colourOf(kind, theme)
  return {
    lineStyle: { color, type: 'solid', width: 1, opacity: 0.55 },
    label: {
      ...labelStyle(theme),
      color: color === theme.edge ? theme.muted : color,
      position: 'end',
      distance: 6,
    },
  }
}

function colourOf(kind: ChartMarker['kind'], theme: Theme): string {
  if (kind === 'first-error') return theme.fail
  return kind === 'threshold' ? theme.warn : theme.edge
}

function labelStyle(theme: Theme): object {
  return {
    color: theme.muted,
    // Else a label is as pale as its line.
    opacity: 1,
    fontFamily: theme.font,
    fontSize: theme.noteSize - 1,
    textBorderColor: theme.surface,
    textBorderWidth: 3,
    formatter: ({ name }: { name: string }) => name,
  }
}

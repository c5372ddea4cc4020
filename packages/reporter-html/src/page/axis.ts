import type { ShownUnit } from '../format.ts'
import type { Theme } from './theme.ts'
import { tick } from '../format.ts'
import type { LogTick } from './log-scale.ts'

/** Room for the labels of the value axis. The same in all charts, so that their time axes stand in line. */
export const LABELS = 58
/** Room beside the other end of the axis below. */
export const MARGIN = 20

/** What all drawings have in common. @param above more room above them, px */
export function frame(theme: Theme, above = 0): object {
  return {
    animation: false,
    // Times are counted from the start of the run: no zone may shift their ticks.
    useUTC: true,
    textStyle: { fontFamily: theme.font },
    grid: { left: LABELS, right: MARGIN, top: 24 + above, bottom: 26, outerBoundsMode: 'none' },
  }
}

/** How labels of axes look. */
export function labelStyle(theme: Theme): object {
  return { color: theme.muted, fontFamily: theme.font, fontSize: theme.noteSize, hideOverlap: true }
}

/** A box beside the pointer, and a line through the values it tells. */
export function tooltip(theme: Theme, formatter: (points: unknown) => HTMLElement): object {
  return {
    trigger: 'axis',
    axisPointer: { type: 'line', lineStyle: { color: theme.muted, type: 'solid' }, label: { show: false } },
    confine: true,
    transitionDuration: 0,
    className: 'tip-box',
    backgroundColor: theme.surface,
    borderColor: theme.edge,
    padding: 8,
    formatter,
  }
}

/** The axis of values, upright and from 0. @param highest value it shows */
export function valueAxis(theme: Theme, unit: ShownUnit, highest: number): object {
  return {
    type: 'value',
    min: 0,
    splitNumber: 4,
    // Nothing is half an error or half a stream.
    ...(unit === '' ? { minInterval: 1 } : {}),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...labelStyle(theme), formatter: (value: number) => tick(value, unit, highest) },
    splitLine: { lineStyle: { color: theme.line } },
  }
}

/** An axis below whose ticks stand at places of their own. */
export function placedAxis(
  theme: Theme,
  [min, max]: readonly [number, number],
  ticks: readonly LogTick[],
  formatter: (place: number) => string,
): object {
  const customValues = ticks.map(({ at }) => at)
  return {
    type: 'value',
    min,
    max,
    axisLabel: { ...labelStyle(theme), customValues, formatter },
    axisTick: { show: true, customValues, lineStyle: { color: theme.edge } },
    axisLine: { show: true, lineStyle: { color: theme.edge } },
    splitLine: { show: false },
  }
}

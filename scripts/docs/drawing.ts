import type { Millis } from '../../packages/core/src/model/clock.ts'
import type { ScenarioPlan } from '../../packages/core/src/model/plan.ts'
import { isOpen, maximumVusOf, rateAt, regularEnd, vuSteps } from '../../packages/core/src/schedule/index.ts'
import { type Iteration, iterationsOf } from './iterations.ts'
import { element, INK, svg, text } from './svg.ts'

const WIDTH = 680
const LEFT = 64
const RIGHT = 16
const CURVE = { top: 22, height: 56 }
const LANE = 13
/** Longest time on the axis: the runs are drawn to one scale. */
const SPAN: Millis = 13_000

const x = (at: Millis) => LEFT + (at / SPAN) * (WIDTH - LEFT - RIGHT)

/** What the schedule asks for above, and below what each VU does: one bar for an iteration. */
export function drawing(plan: ScenarioPlan, title: string): string {
  const iterations = iterationsOf(plan)
  const lanes = maximumVusOf([plan])
  const lanesTop = CURVE.top + CURVE.height + 26
  const axis = lanesTop + lanes * LANE + 4
  return svg(WIDTH, axis + 34, title, [
    ...target(plan),
    ...(isOpen(plan) ? starts(iterations, lanesTop - 10) : []),
    ...iterations.filter(({ vu }) => vu >= 0).map((iteration) => bar(iteration, lanesTop)),
    ...Array.from({ length: lanes }, (_, vu) =>
      text(LEFT - 8, lanesTop + vu * LANE + 10, `VU ${vu + 1}`, { 'text-anchor': 'end', 'font-size': 10 }),
    ),
    ...ending(plan, axis),
    ...timeAxis(axis),
  ])
}

/** The curve of what is asked for: VUs in steps, or a rate. */
function target(plan: ScenarioPlan): string[] {
  const end = regularEnd(plan)
  const open = isOpen(plan)
  const points: (readonly [Millis, number])[] = open
    ? Array.from({ length: 201 }, (_, index) => {
        const at = (end * index) / 200
        return [at, rateAt(plan, Math.min(at, end - 0.001))] as const
      })
    : vuSteps(plan, { index: 0, count: 1 }).flatMap(({ at, vus }, index, steps) => [
        [at, vus] as const,
        [steps[index + 1]?.at ?? end, vus] as const,
      ])
  const most = Math.max(...points.map(([, value]) => value))
  const bottom = CURVE.top + CURVE.height
  const y = (value: number) => bottom - (value / most) * CURVE.height
  const line = points.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
  const unit = open ? 'iterations/s' : 'VUs'
  return [
    element('polygon', {
      points: `${x(0)},${bottom} ${line} ${x(end).toFixed(1)},${bottom}`,
      fill: INK.area,
    }),
    element('polyline', { points: line, fill: 'none', stroke: INK.target, 'stroke-width': 1.5 }),
    text(LEFT - 8, CURVE.top + 4, String(most), { 'text-anchor': 'end' }),
    text(LEFT - 8, bottom, '0', { 'text-anchor': 'end' }),
    text(LEFT, 12, `${unit} asked for`, { fill: INK.target, 'font-size': 11 }),
  ]
}

/** A tick for each iteration that was due; red where no VU was free for it. */
function starts(iterations: readonly Iteration[], y: number): string[] {
  return iterations.map(({ from, vu }) =>
    element('line', {
      x1: x(from),
      x2: x(from),
      y1: y - 6,
      y2: y + 4,
      stroke: vu === -1 ? INK.lost : INK.target,
      'stroke-width': vu === -1 ? 2.5 : 1.2,
    }),
  )
}

/** One iteration; what runs on after its VU's time is drawn in another colour. */
function bar({ from, to, vu, until }: Iteration, top: number): string {
  const y = top + vu * LANE
  const part = (start: Millis, stop: Millis, fill: string) =>
    element('rect', {
      x: x(start),
      y,
      width: Math.max(0, x(stop) - x(start) - 1.5),
      height: LANE - 3,
      rx: 2,
      fill,
    })
  if (to <= until) return part(from, to, INK.busy)
  return `${part(from, until + 60, INK.busy)}${part(until, to, INK.late)}`
}

function ending(plan: ScenarioPlan, axis: number): string[] {
  const end = regularEnd(plan)
  return [
    element('line', {
      x1: x(end),
      x2: x(end),
      y1: CURVE.top - 6,
      y2: axis,
      stroke: INK.line,
      'stroke-dasharray': '3 3',
    }),
    text(x(end) - 5, CURVE.top - 10, 'nothing starts after this', { 'font-size': 10, 'text-anchor': 'end' }),
  ]
}

function timeAxis(y: number): string[] {
  const seconds = Array.from({ length: SPAN / 1_000 + 1 }, (_, second) => second)
  return [
    element('line', { x1: x(0), x2: x(SPAN), y1: y, y2: y, stroke: INK.line }),
    ...seconds.map((second) =>
      text(x(second * 1_000), y + 15, second === 0 ? '0' : `${second}s`, {
        'text-anchor': 'middle',
        'font-size': 10,
      }),
    ),
  ]
}

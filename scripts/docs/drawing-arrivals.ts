import type { Arrival } from '../../packages/core/src/model/scenario.ts'
import type { OpenPlan } from '../../packages/core/src/model/plan.ts'
import { arrivals } from '../../packages/core/src/schedule/index.ts'
import { element, INK, svg, text } from './svg.ts'

const WIDTH = 680
const LEFT = 110
const RIGHT = 16
const ROW = 34
const SPAN = 10_000

const ROWS: readonly (readonly [label: string, arrival: Arrival])[] = [
  ["'even'", 'even'],
  ['{ gamma: 4 }', { gamma: 4 }],
  ["'poisson'", 'poisson'],
  ['{ gamma: 0.3 }', { gamma: 0.3 }],
]

/** The same rate, arriving in four ways. */
export function arrivalsDrawing(): string {
  const rows = ROWS.flatMap(([label, arrival], index) => {
    const y = 10 + index * ROW
    const ticks = Array.from(arrivals(planOf(arrival), { index: 0, count: 1 }, 3), ({ at }) => {
      const x = LEFT + (at / SPAN) * (WIDTH - LEFT - RIGHT)
      return element('line', { x1: x, x2: x, y1: y, y2: y + 20, stroke: INK.target, 'stroke-width': 1.4 })
    })
    return [
      text(LEFT - 10, y + 14, label, { 'text-anchor': 'end', 'font-family': 'ui-monospace, monospace' }),
      ...ticks,
    ]
  })
  const title = 'Six iterations a second for ten seconds: evenly, and at random with growing bursts'
  return svg(WIDTH, 10 + ROWS.length * ROW, title, rows)
}

function planOf(arrival: Arrival): OpenPlan {
  return {
    name: 'drawn',
    executor: 'constant-arrival-rate',
    rate: 6,
    duration: SPAN,
    timeUnit: 1_000,
    preAllocatedVUs: 1,
    maxVUs: 1,
    onSaturation: 'drop',
    arrival,
    exec: 'default',
    startTime: 0,
    gracefulStop: 0,
    env: {},
    tags: {},
  }
}

import { describe } from '../../packages/core/src/schedule/index.ts'
import { drawing } from './drawing.ts'
import { arrivalsDrawing } from './drawing-arrivals.ts'
import { SHAPES } from './shapes.ts'

/** The drawings of docs/executors.md: SVG by path. */
export function drawings(): (readonly [path: string, svg: string])[] {
  const shapes = SHAPES.map(
    (plan) => [`images/${plan.executor}.svg`, drawing(plan, `${plan.executor}: ${describe(plan)}`)] as const,
  )
  return [...shapes, ['images/arrivals.svg', arrivalsDrawing()]]
}

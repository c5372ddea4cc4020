import type { Millis } from '../../packages/core/src/model/clock.ts'
import type { ClosedPlan, OpenPlan, ScenarioPlan } from '../../packages/core/src/model/plan.ts'
import { type Random, seeded } from '../../packages/core/src/model/random.ts'
import {
  arrivals,
  budget,
  isOpen,
  maximumVusOf,
  regularEnd,
  vuSteps,
} from '../../packages/core/src/schedule/index.ts'

const WHOLE = { index: 0, count: 1 }

/** An iteration as it would be carried out. */
export interface Iteration {
  readonly from: Millis
  readonly to: Millis
  /** Which VU, 0-based; -1: none was free, it was dropped. */
  readonly vu: number
  /** When its VU is to start nothing more; what runs then may end in peace. */
  readonly until: Millis
}

/** What would run if each answer took 0.9 to 2.3 s: starts and VUs by the schedule, lengths by chance. */
export function iterationsOf(plan: ScenarioPlan): readonly Iteration[] {
  const random = seeded(7)
  return isOpen(plan) ? openIterations(plan, random) : closedIterations(plan, random)
}

function lengthOf(random: Random): Millis {
  return 900 + 1_400 * random() ** 2
}

function openIterations(plan: OpenPlan, random: Random): Iteration[] {
  const freeAt = Array.from({ length: maximumVusOf([plan]) }, () => 0)
  return Array.from(arrivals(plan, WHOLE, 1), ({ at }) => {
    const vu = freeAt.findIndex((free) => free <= at)
    const to = at + lengthOf(random)
    if (vu !== -1) freeAt[vu] = to
    return { from: at, to, vu, until: regularEnd(plan) }
  })
}

/** VUs iterate one after the other as long as their number is wanted, the budget lasts and there is time. */
function closedIterations(plan: ClosedPlan, random: Random): Iteration[] {
  const end = regularEnd(plan)
  const steps = vuSteps(plan, WHOLE)
  const wanted = (vu: number, at: Millis) =>
    at < end && (steps.findLast((step) => step.at <= at)?.vus ?? 0) > vu
  const allowed = budget(plan, WHOLE)
  const started = Array.from({ length: maximumVusOf([plan]) }, () => 0)
  const isSpent = (vu: number) => {
    if (allowed.kind === 'unlimited') return false
    const used = allowed.kind === 'per-vu' ? (started[vu] ?? 0) : started.reduce((sum, one) => sum + one, 0)
    return used >= allowed.iterations
  }
  const waiting = started.map((_, vu) => ({ vu, at: steps.find((step) => step.vus > vu)?.at ?? end }))
  const iterations: Iteration[] = []
  for (;;) {
    const next = waiting
      .filter(({ vu, at }) => wanted(vu, at) && !isSpent(vu))
      .toSorted((a, b) => a.at - b.at)[0]
    if (next === undefined) return iterations
    const to = next.at + lengthOf(random)
    const { vu, at } = next
    const until = steps.find((step) => step.at > at && step.vus <= vu)?.at ?? end
    iterations.push({ from: at, to, vu, until })
    started[next.vu] = (started[next.vu] ?? 0) + 1
    next.at = to
  }
}

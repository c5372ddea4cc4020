import type { Millis } from '../model/clock.ts'
import type { OpenPlan, Shard } from '../model/plan.ts'
import { hashSeed, seeded } from '../model/random.ts'
import { randomAreas, type RandomArrival } from './arrival-process.ts'
import { openShape } from './shape-of.ts'
import type { OpenShape } from './shape.ts'

/** One iteration of an open scenario and when it starts. */
export interface Due {
  /** From the start of the scenario. */
  readonly at: Millis
  /** Its index in the whole scenario, 0-based. */
  readonly iteration: number
}

/**
 * The stripe's starts in order of time, made as they are asked for. Even arrivals follow k6:
 * with a constant rate iteration k is due at k · timeUnit / rate, before the end; on a ramp it is
 * due where the area under the rate curve is k + 1, up to and with the end. Random arrivals lie
 * before the end.
 *
 * @param seed the plan's; each scenario draws a sequence of its own from it.
 */
export function arrivals(plan: OpenPlan, shard: Shard, seed: number): Generator<Due, void, undefined> {
  const shape = openShape(plan)
  return plan.arrival === 'even'
    ? evenArrivals(shape, shard)
    : randomArrivals(shape, shard, plan.arrival, plan.name, seed)
}

function* evenArrivals(shape: OpenShape, shard: Shard): Generator<Due, void, undefined> {
  const { curve, offset, evenStarts } = shape
  for (let iteration = shard.index; iteration < evenStarts; iteration += shard.count) {
    yield { at: curve.timeOf(iteration + offset), iteration }
  }
}

/** Every stripe draws the whole sequence and keeps its part: there is no other way to agree on it. */
function* randomArrivals(
  { curve }: OpenShape,
  shard: Shard,
  arrival: RandomArrival,
  name: string,
  seed: number,
): Generator<Due, void, undefined> {
  let iteration = 0
  for (const area of randomAreas(arrival, seeded(hashSeed(`${seed} ${name}`)))) {
    const at = curve.timeOf(area)
    if (at >= curve.end) return
    if (iteration % shard.count === shard.index) yield { at, iteration }
    iteration++
  }
}

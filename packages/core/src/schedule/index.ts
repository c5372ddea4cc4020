export { arrivals, type Due } from './arrivals.ts'
export { describe } from './describe.ts'
export {
  latestEnd,
  longestGracefulStop,
  maximumEnd,
  maximumVusOf,
  plannedIterations,
  plannedVus,
  rateAt,
  regularEnd,
} from './planned.ts'
export { scenarioShard } from './scenario-shard.ts'
export { isOpen } from './shape-of.ts'
export type { Budget, VuStep } from './shape.ts'
export { globalIteration, globalVu, share } from './shard.ts'
export { stageAt } from './stage-at.ts'
export { budget, vuSteps } from './vu-steps.ts'
export { timeOutside, warmUps, warmUpStretches, type Stretch } from './warm-up.ts'
export { rateWords } from './words.ts'

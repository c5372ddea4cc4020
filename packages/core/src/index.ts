/** For authors of scripts. */
export { check, type Predicate } from './script/check.ts'
export { exec } from './script/exec.ts'
export { group } from './script/group.ts'
export { Counter, Gauge, Rate, Trend } from './script/metrics.ts'
export { randomItem } from './script/random-item.ts'
export { SharedArray } from './script/shared-array.ts'
export { sleep } from './script/sleep.ts'
export type { Options, Pricing, Slo, Threshold } from './model/options.ts'
export type {
  Arrival,
  ConstantArrivalRate,
  ConstantVus,
  PerVuIterations,
  RampingArrivalRate,
  RampingVus,
  Scenario,
  SharedIterations,
  Stage,
} from './model/scenario.ts'
export type { CallResult } from './model/exchange.ts'
export type {
  ChatSettings,
  CompletionSettings,
  EmbeddingSettings,
  Message,
  Tool,
  ToolCall,
} from './model/call.ts'
export type { Summary } from './model/summary.ts'
export { LoadbenchError } from './model/errors.ts'

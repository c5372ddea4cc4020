/** For authors of reporters and outputs. */
export type {
  CheckSummary,
  ErrorSummary,
  HealthSummary,
  HealthVerdict,
  Manifest,
  MetricSummary,
  MetricValues,
  Reporter,
  ReportInput,
  RunOutcome,
  ScenarioSummary,
  Summary,
  ThresholdSummary,
  Timeline,
  TimelineSeries,
} from './model/summary.ts'
export type { Plan, ScenarioPlan } from './model/plan.ts'
export type { MetricDefinition, MetricType, Unit } from './model/metric.ts'
export { BUILT_IN_METRICS } from './model/metric.ts'
export { formatDuration } from './model/duration.ts'

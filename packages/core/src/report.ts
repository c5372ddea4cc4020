/** For authors of reporters and outputs. */
export type {
  ErrorExample,
  ErrorMessage,
  ErrorPart,
  ErrorSummary,
  ScriptErrorSummary,
} from './model/error-summary.ts'
export type {
  CheckSummary,
  Distribution,
  ErrorSeries,
  FoundServer,
  HealthSummary,
  HealthVerdict,
  Manifest,
  Marker,
  MetricSummary,
  MetricValues,
  Part,
  Reporter,
  ReportInput,
  RunOutcome,
  SlowRequest,
  Summary,
  ThresholdSummary,
  Timeline,
  TimelineSeries,
} from './model/summary.ts'
export type { ScenarioDelivery, ScenarioSummary } from './model/scenario-summary.ts'
export type { ServedModel, ServerInfo } from './model/probe.ts'
export type { Plan, ScenarioPlan } from './model/plan.ts'
export type { MetricDefinition, MetricType, Unit } from './model/metric.ts'
export { BUILT_IN_METRICS } from './model/metric.ts'
export { formatDuration } from './model/duration.ts'
export type { Interval, IntervalPoint, Output, OutputContext, OutputPlugin } from './outputs/output.ts'
export { marginText } from './outputs/margin.ts'
export { markdownText } from './outputs/markdown-text.ts'

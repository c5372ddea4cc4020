import type { OptionKey } from './option-schemas.ts'

/** An option that an environment variable can set. */
export interface EnvironmentOption {
  readonly variable: string
  readonly option: OptionKey
  /** What its text is read as. */
  readonly kind: 'number' | 'boolean' | 'duration' | 'stages' | 'tags' | 'list'
  readonly example: string
  readonly meaning: string
}

const row = (
  variable: string,
  option: OptionKey,
  kind: EnvironmentOption['kind'],
  example: string,
  meaning: string,
): EnvironmentOption => ({ variable: `LOADBENCH_${variable}`, option, kind, example, meaning })

/** Every option that the environment can set. */
export const ENVIRONMENT_OPTIONS: readonly EnvironmentOption[] = [
  row('VUS', 'vus', 'number', '10', 'Number of VUs.'),
  row('DURATION', 'duration', 'duration', '30s', 'How long the VUs iterate.'),
  row('ITERATIONS', 'iterations', 'number', '100', 'Iterations the VUs share.'),
  row('STAGES', 'stages', 'stages', '10s:5,20s:10', 'Ramp of VUs: duration:target, one after the other.'),
  row('WORKERS', 'workers', 'number', '4', 'Worker threads.'),
  row('SEED', 'seed', 'number', '7', 'Seed of everything random.'),
  row('SAMPLES', 'samples', 'number', 'all', 'Most requests in the sample files.'),
  row('SETUP_TIMEOUT', 'setupTimeout', 'duration', '60s', 'How long setup() may take.'),
  row('TEARDOWN_TIMEOUT', 'teardownTimeout', 'duration', '60s', 'How long teardown() may take.'),
  row(
    'HANDLE_SUMMARY_TIMEOUT',
    'handleSummaryTimeout',
    'duration',
    '120s',
    'How long handleSummary() may take.',
  ),
  row(
    'GRACEFUL_STOP',
    'gracefulStop',
    'duration',
    '30s',
    'How long running iterations may take at the end of a scenario that does not say so itself.',
  ),
  row('WARMUP', 'warmup', 'duration', '30s', 'How much of the beginning is not measured.'),
  row(
    'MIN_ITERATION_DURATION',
    'minIterationDuration',
    'duration',
    '500ms',
    'Shortest time of an iteration.',
  ),
  row('NO_SETUP', 'noSetup', 'boolean', 'true', 'Skips setup().'),
  row('NO_TEARDOWN', 'noTeardown', 'boolean', 'true', 'Skips teardown().'),
  row('TAGS', 'tags', 'tags', 'team=ml,build=42', 'Tags of every sample.'),
  row(
    'SUMMARY_TREND_STATS',
    'summaryTrendStats',
    'list',
    'avg,p(95),p(99.9)',
    'Columns of trends in the summary.',
  ),
  row('BY', 'by', 'list', 'model,turn', 'Tags whose values the results are shown apart for.'),
]

/** The environment variable of an option, where it has one. */
export function variableOf(option: OptionKey): string | undefined {
  return ENVIRONMENT_OPTIONS.find((each) => each.option === option)?.variable
}

/** Flags that may be given several times carry the name of one element, as in k6. */
const FLAGS: Partial<Readonly<Record<OptionKey, string>>> = { tags: '--tag', stages: '--stage' }

/** The flag of an option: `--vus`, `--setup-timeout`. */
export function flagOf(option: OptionKey): string {
  return FLAGS[option] ?? `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

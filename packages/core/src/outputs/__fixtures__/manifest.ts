import type { Manifest } from '../../model/summary.ts'

/** Of a run that begins. */
export const MANIFEST: Manifest = {
  schemaVersion: 1,
  id: 'spike_20261120_142501_abcd',
  script: 'scenarios/spike.ts',
  state: 'running',
  startedAt: '2026-11-20T14:25:01.123Z',
  plan: {
    schemaVersion: 1,
    scenarios: [],
    thresholds: [],
    slo: {},
    tags: {},
    summaryTrendStats: ['avg', 'p(95)'],
    setupTimeout: 60_000,
    teardownTimeout: 60_000,
    handleSummaryTimeout: 120_000,
    minIterationDuration: 0,
    noSetup: false,
    noTeardown: false,
    workers: 1,
    seed: 1,
  },
  targets: {},
  versions: {},
  host: { os: 'linux', cpu: 'x', cores: 2, memoryBytes: 1 },
  argv: [],
}

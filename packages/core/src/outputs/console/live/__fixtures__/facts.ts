import type { ThresholdSummary } from '../../../../model/summary.ts'
import type { LiveFacts, ScenarioFacts, TrendFacts } from '../facts.ts'

/** A scenario of the open model half-way through. */
export function scenario(over: Partial<ScenarioFacts> = {}): ScenarioFacts {
  return {
    name: 'spike',
    state: 'running',
    share: 0.5,
    left: 90_000,
    activeVus: 12,
    maximumVus: 200,
    rate: 9.8,
    intendedRate: 10,
    completed: 800,
    ...over,
  }
}

export function trend(over: Partial<TrendFacts> = {}): TrendFacts {
  return { name: 'ttft', unit: 'ms', p50: 231, p95: 512, p99: 1_204, recent: [100, 200, undefined, 400], ...over }
}

export function threshold(over: Partial<ThresholdSummary> = {}): ThresholdSummary {
  return {
    metric: 'ttft',
    expression: 'p(95)<550',
    observed: 512,
    unit: 'ms',
    passed: true,
    aborted: false,
    ...over,
  }
}

/** A run at 1m30s of 3m, all well. */
export function facts(over: Partial<LiveFacts> = {}): LiveFacts {
  return {
    elapsed: 90_000,
    planned: 180_000,
    pace: { vus: 12, rate: 9.8, intendedRate: 10, requests: 9.8, tokens: 1_204 },
    recentTokens: [1_100, 1_204],
    scenarios: [scenario()],
    trends: [trend(), trend({ name: 'itl', p50: 12, p95: 18, p99: 40 })],
    errors: [],
    dropped: 0,
    thresholds: [threshold()],
    health: { verdict: 'trustworthy' },
    ...over,
  }
}

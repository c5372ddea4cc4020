import { describe, expect, it } from 'vitest'
import { facts, threshold } from './__fixtures__/facts.ts'
import { logLine } from './log-line.ts'

describe('the line of a log', () => {
  it('is a sentence', () => {
    expect(logLine(facts())).toBe(
      '1m30s of 3m00s: 12 VUs, 9.8 of 10 iterations/s, 9.8 requests/s, 1,204 tokens/s, ttft p95 512ms, no errors',
    )
  })

  it('names what went wrong', () => {
    const line = logLine(
      facts({
        errors: [
          { class: 'timeout', count: 12 },
          { class: 'http_5xx', count: 3 },
        ],
        dropped: 4,
        thresholds: [threshold({ passed: false, observed: 612 }), threshold()],
        stopping: { signal: 'SIGTERM', left: 9_800 },
      }),
    )
    expect(line).toContain(
      ', errors: 12 timeout + 3 http_5xx, 4 iterations dropped, failing: ttft p(95)<550 (612ms), ' +
        'waiting for what runs, at most 10s',
    )
  })
})

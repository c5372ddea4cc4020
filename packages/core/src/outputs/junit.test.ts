import { describe, expect, it } from 'vitest'
import type { Summary } from '../model/summary.ts'
import { SUMMARY } from './__fixtures__/summary.ts'
import { junitText } from './junit.ts'

describe('--out junit', () => {
  it('reads like this', () => {
    expect(junitText(SUMMARY, { strictHealth: false })).toMatchInlineSnapshot(`
      "<?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="loadbench" tests="6" failures="3" errors="0" time="16.812">
        <testsuite name="thresholds" tests="3" failures="2" errors="0" time="0.000" skipped="0" timestamp="2026-11-20T14:25:01.123Z" file="scenarios/spike.ts">
          <testcase name="ttft p(95)&lt;550" classname="scenarios.spike.thresholds" time="0.000">
            <failure type="threshold" message="1.06s instead of p(95)&lt;550">1.06s instead of p(95)&lt;550</failure>
          </testcase>
          <testcase name="request_failed rate&lt;2%" classname="scenarios.spike.thresholds" time="0.000"/>
          <testcase name="checks{kind:x} rate&gt;0.9" classname="scenarios.spike.thresholds" time="0.000">
            <failure type="threshold" message="no data instead of rate&gt;0.9; this ended the run">no data instead of rate&gt;0.9; this ended the run</failure>
          </testcase>
        </testsuite>
        <testsuite name="checks" tests="2" failures="1" errors="0" time="0.000" skipped="0" timestamp="2026-11-20T14:25:01.123Z" file="scenarios/spike.ts">
          <testcase name="answered" classname="scenarios.spike.checks" time="0.000"/>
          <testcase name="short enough" classname="scenarios.spike.checks" time="0.000">
            <failure type="check" message="58 of 258 failed (22.48%)">58 of 258 failed (22.48%)
      got instead: 412</failure>
          </testcase>
        </testsuite>
        <testsuite name="run" tests="1" failures="0" errors="0" time="16.812" skipped="0" timestamp="2026-11-20T14:25:01.123Z" file="scenarios/spike.ts">
          <testcase name="the run came to its end" classname="scenarios.spike.run" time="16.812"/>
          <system-out>generator: degraded
      Worker 0 spent 94% of a core at second 12; start with --workers 4.
      3 of 258 answers came without token counts; chunks were counted instead.
      rate_limited: 3 requests
        2× slow down, please
        1× other messages</system-out>
        </testsuite>
      </testsuites>
      "
    `)
  })

  it('leaves out suites without cases', () => {
    const text = junitText({ ...SUMMARY, thresholds: [], checks: [] }, { strictHealth: false })
    expect(Array.from(text.matchAll(/<testsuite name="(\w+)"/g), ([, name]) => name)).toEqual(['run'])
  })

  it.each([
    { verdict: 'trustworthy', outcome: 'passed', exitCode: 0, failures: 0 },
    { verdict: 'degraded', outcome: 'passed', exitCode: 0, failures: 0 },
    { verdict: 'invalid', outcome: 'failed', exitCode: 90, failures: 1 },
  ] as const)('with --strict-health has a case for a generator that is $verdict', (one) => {
    const { verdict, outcome, exitCode, failures } = one
    const run = { ...SUMMARY.run, outcome, exitCode }
    const health = { verdict, reasons: ['Worker 0 was late.'], figures: {} }
    const text = junitText({ ...SUMMARY, run, health }, { strictHealth: true })
    expect(text).toContain(`<testsuite name="run" tests="2" failures="${failures}" errors="0"`)
    expect(text.includes('<failure type="generator" message="Worker 0 was late."')).toBe(failures === 1)
  })

  it.each<Summary['run']['outcome']>(['aborted', 'interrupted', 'failed'])(
    'tells as an error that a run was %s',
    (outcome) => {
      const reason = 'LB_SCRIPT_FAILED the script threw\n\n    at spike.ts:3'
      const text = junitText(
        { ...SUMMARY, run: { ...SUMMARY.run, outcome, exitCode: 107, reason } },
        { strictHealth: false },
      )
      expect(text).toContain(
        `<error type="${outcome}" message="LB_SCRIPT_FAILED the script threw">LB_SCRIPT_FAILED the script threw\n\n    at spike.ts:3</error>`,
      )
    },
  )

  it.each([
    ['spike.ts', 'spike'],
    ['./scenarios/spike.ts', 'scenarios.spike'],
    ['..\\load\\spike.test.mjs', 'load.spike.test'],
  ])('puts the cases of %s into the package %s', (script, name) => {
    const text = junitText({ ...SUMMARY, run: { ...SUMMARY.run, script } }, { strictHealth: false })
    expect(text).toContain(`classname="${name}.thresholds"`)
  })
})

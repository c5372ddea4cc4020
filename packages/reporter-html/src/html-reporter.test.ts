import { ERROR_CLASSES } from './__fixtures__/error-classes.ts'
import type { ReportInput, Summary } from 'loadbench/report'
import { describe, expect, it } from 'vitest'
import { distribution, emptyRun, olderRun, run, timelineOf, trendSummary } from './__fixtures__/run.ts'
import { hostileRun } from './__fixtures__/hostile.ts'
import { classOf, rowsOf, sectionOf, textOf } from './__fixtures__/text.ts'
import reporter, { htmlReporter } from './index.ts'

const render = async (input: ReportInput): Promise<string> => htmlReporter.render(input)
/** The page without its scripts, which hold all of ECharts. */
const renderPage = async (input: ReportInput) =>
  (await render(input)).replace(/<script.*?<\/script>/gs, '<script/>')
/** The key figures of a part. */
const tiles = (html: string, part = 0) =>
  textOf([...html.matchAll(/<dl class="headline">.*?<\/dl>/gs)][part]?.[0] ?? '')
/** A section as it is for one part. */
const partOf = (html: string, id: string, part: number) =>
  sectionOf(html, id).split('<div data-part="')[part + 1] ?? ''
const shown = (summary: Partial<Summary>) => render(run({ summary }))

describe('the reporter', () => {
  it('is what the core asks for', () => {
    expect(htmlReporter).toMatchObject({ apiVersion: 1, name: 'html', fileName: 'report.html' })
    expect(reporter).toBe(htmlReporter)
  })

  it('writes the same file for the same run', async () => {
    expect(await render(run())).toBe(await render(run()))
  })

  it('writes one file that refers to nothing outside of it', async () => {
    const html = await renderPage(run())
    const references = [...html.matchAll(/\b(?:src|href|action|srcset)="([^"]*)"/g)].map(([, to]) => to)
    expect(references.every((to) => to?.startsWith('#') || to?.startsWith('data:'))).toBe(true)
    expect(html).not.toMatch(/url\(|@import|<iframe|<object|<base/)
  })

  it('stays under 1.5 MB for ten minutes', async () => {
    const html = await render(run({ timeline: timelineOf(600) }))
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000)
  })

  it('stays under it with fifty parts that have every metric', async () => {
    const timeline = timelineOf(600)
    const { metrics, scenarios, errors } = run().summary
    const whole = <Item extends { readonly tags: object }>(items: readonly Item[]) =>
      items.filter(({ tags }) => Object.keys(tags).length === 0)
    const values = Array.from({ length: 50 }, (_, index) => ({ model: `model-${index}` }))
    const html = await render(
      run({
        timeline: {
          ...timeline,
          series: [{}, ...values].flatMap((tags) => whole(timeline.series).map((one) => ({ ...one, tags }))),
        },
        distributions: [{}, ...values].flatMap((tags) =>
          ['ttft', 'ttfat', 'ttft_scheduled', 'itl', 'tpot', 'e2e_latency', 'request_duration'].map(
            (metric) => distribution(metric, 200, tags),
          ),
        ),
        summary: {
          scenarios,
          parts: values.map((tags) => ({ label: `model ${tags.model}`, tags })),
          metrics: [{}, ...values].flatMap((tags) => whole(metrics).map((one) => ({ ...one, tags }))),
          errors: errors.map((error) => ({
            ...error,
            parts: values.map((tags) => ({ tags, count: error.count, messages: error.messages })),
          })),
        },
      }),
    )
    expect(Buffer.byteLength(html)).toBeLessThan(1_500_000)
  })
})

describe('the first screen', () => {
  it('says what was tested, when, how long and how it ended', async () => {
    const text = textOf(/<header.*?<\/header>/s.exec(await render(run()))?.[0] ?? '')
    for (const part of [
      'scenarios/ramp.ts',
      'Target http://10.0.4.17:8000/v1',
      'Model sim-8b',
      'Server vllm 0.6.3',
      'Started 21 Nov 2026, 14:03:05 UTC',
      'Duration 60.4 s',
      'Thresholds failed exit code 99',
    ]) {
      expect(text).toContain(part)
    }
  })

  it('says why a run ended early', async () => {
    const { summary } = run()
    const html = await shown({ run: { ...summary.run, outcome: 'aborted', reason: 'ttft p(95)<550 failed' } })
    expect(classOf(html, 'p', 'masthead-reason')).toEqual(['ttft p(95)<550 failed'])
  })

  it('gives both verdicts with their reasons', async () => {
    const [onThresholds, onGenerator] = classOf(await render(run()), 'section', 'card')
    expect(onThresholds).toContain(
      '4 of 7 passed ttft p(95)<550: 612 ms, 11% above request_failed rate<0.01: 3.38%, 2.38 points above',
    )
    expect(onGenerator).toContain('Degraded')
    expect(onGenerator).toContain('The event loop was blocked for 8.2 ms at p99')
  })

  it('names three failed thresholds and counts the rest', async () => {
    const failed = Array.from({ length: 9 }, (_, index) => ({
      metric: `m${index}`,
      expression: 'rate<1',
      observed: 2,
      unit: '' as const,
      passed: false,
      aborted: false,
    }))
    const [card] = classOf(await shown({ thresholds: failed }), 'section', 'card')
    expect(card).toMatch(/0 of 9 passed m0 .*m2 rate<1: 2, 2× the bound and 6 more$/)
  })

  it('gives the six figures', async () => {
    expect(tiles(await render(run()))).toBe(
      'TTFT p95 612 ms median 232 ms p99 1.14 s ' +
        'ITL p95 53.9 ms median 20.4 ms p99 100 ms ' +
        'Output 2,044 tok/s 123,464 tokens ' +
        'Requests 23.0 /s 1,389 requests ' +
        'Goodput 93.0% ttft ≤ 550 ms tpot ≤ 50 ms 3.38% failed ' +
        'Dropped + interrupted 31 27 dropped 4 interrupted',
    )
  })

  it('falls back to what was measured instead', async () => {
    const { metrics } = run().summary
    const html = await shown({ metrics: metrics.filter(({ name }) => name !== 'itl' && name !== 'goodput') })
    expect(tiles(html)).toContain('TPOT p95 55.2 ms')
    expect(tiles(html)).toContain('Failed requests 3.38% 47 requests')
  })
})

describe('a run of plain HTTP', () => {
  it('has the figures of its requests on top', async () => {
    const html = await shown({
      metrics: [
        trendSummary('http_req_duration', 20),
        trendSummary('http_req_waiting', 18),
        {
          name: 'http_reqs',
          tags: {},
          type: 'counter',
          unit: '',
          count: 600,
          values: { count: 600, rate: 10 },
        },
        {
          name: 'http_req_failed',
          tags: {},
          type: 'rate',
          unit: '',
          count: 600,
          values: { rate: 0.01, passes: 6, fails: 594 },
        },
      ],
    })
    expect(tiles(html)).toBe(
      'Duration p95 52.8 ms median 20.0 ms p99 98.0 ms Waiting p95 47.5 ms median 18.0 ms p99 88.2 ms ' +
        'Received — no data Requests 10.0 /s 600 requests Failed requests 1.00% 6 requests ' +
        'Dropped + interrupted 31 27 dropped 4 interrupted',
    )
  })
})

describe('missing values', () => {
  it('are dashes in the figures, not zeros', async () => {
    expect(tiles(await render(emptyRun()))).toBe(
      'TTFT p95 — no data ITL p95 — no data Output — no data Requests — no data ' +
        'Failed requests — no data Dropped + interrupted — no data',
    )
  })

  it('are dashes in the percentile table', async () => {
    const html = await shown({ metrics: [trendSummary('ttft', 200, { values: { med: 200, avg: 201 } })] })
    expect(rowsOf(html, 'percentiles').at(-1)).toBe(
      'Time to first token ttft 1,342 201 ms — 200 ms — — — — —',
    )
  })

  it('are said of a threshold that saw nothing', async () => {
    expect(rowsOf(await render(run()), 'thresholds')).toContain('Failed server_queue p(95)<100 no data')
  })
})

describe('an empty run', () => {
  it('is a page that says what is known and draws nothing', async () => {
    const html = await render(emptyRun())
    expect(textOf(html)).toContain('Killed exit code 255')
    expect(textOf(sectionOf(html, 'charts'))).toBe(
      'Over time No second of the run was recorded, so nothing can be drawn.',
    )
    for (const id of ['warnings', 'thresholds', 'percentiles', 'totals', 'checks', 'errors', 'scenarios']) {
      expect(sectionOf(html, id), id).toBe('')
    }
    expect(textOf(html)).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })
})

describe('the tables', () => {
  it('show thresholds with a verdict in words, comparable with their bounds', async () => {
    expect(rowsOf(await render(run()), 'thresholds').slice(1, 4)).toEqual([
      'Failed ttft p(95)<550 612 ms 11% above',
      'Passed ttft p(99)<2s 1.14 s 43% below',
      'Passed itl p(95)<60 53.9 ms 10% below',
    ])
  })

  it('say which threshold ended the run', async () => {
    const [first] = run().summary.thresholds
    const html = await shown({ thresholds: first === undefined ? [] : [{ ...first, aborted: true }] })
    expect(rowsOf(html, 'thresholds')[1]).toBe('Failed ended the run ttft p(95)<550 612 ms 11% above')
  })

  it('show each percentile in a unit that reads well', async () => {
    const rows = rowsOf(await render(run()), 'percentiles')
    expect(rows[0]).toBe('Metric count avg min med p90 p95 p99 p99.9 max')
    expect(rows).toContain(
      'Time to first token ttft 1,342 274 ms 71.9 ms 232 ms 425 ms 612 ms 1.14 s 1.81 s 2.25 s',
    )
    expect(rows).toContain('Output length output_length in tok 1,342 109 28.5 92 168 243 451 718 892')
    expect(rows).toContain('answer_score 1,342 0.838 0.22 0.71 1.30 1.87 3.48 5.54 6.89')
  })

  it('show totals of every kind', async () => {
    const rows = rowsOf(await render(run()), 'totals')
    for (const row of [
      'Requests 1,389 23.0 /s',
      'Output tokens 123,464 2,044 tok/s',
      'Cost 0.0423 USD 0.0007 USD/s',
      'Data received 24.3 MB 402 kB/s',
      'Failed requests 3.38% 47 1,342',
      'Failed iterations 0% 0 1,367',
      'Open streams 3 0 58',
      'Event loop, share busy 12.5% 0% 40.0%',
    ]) {
      expect(rows).toContain(row)
    }
  })

  it('show checks, the failed ones first', async () => {
    expect(rowsOf(await render(run()), 'checks').slice(1)).toEqual([
      'stopped by itself failed 1,311 31 97.7%',
      'what came instead: "length"',
      'answered passed 1,342 0 100%',
      'answer is in English passed 1,368 0 100%',
    ])
  })

  it('show errors by count, with how often each message came and what is known of its first', async () => {
    const [limited = '', timeout = ''] = classOf(await render(run()), 'article', 'error')
    expect(limited).toMatch(
      /^rate_limited 28 2\.02% of requests 24× Rate limit reached .*3× Too many tokens this minute\..*1× other messages$/,
    )
    expect(limited).toContain(
      'HTTP 429 · rate_limit_exceeded · retry after 1.5 s · first at 0:33.6 · scenario ramp · request 0-812',
    )
    expect(limited).toContain('HTTP 429 · first at 0:35.1 · scenario background · request 0-864')
    expect(timeout).toBe(
      'timeout 14 1.01% of requests No token came within 5 s. waiting for first-token · first at 0:27.1',
    )
  })

  it('show how large a share of all requests failed, plain HTTP among them', async () => {
    const { metrics } = run().summary
    const plain = { name: 'http_reqs', tags: {}, type: 'counter', unit: '', count: 1_411 } as const
    const html = await shown({ metrics: [...metrics, { ...plain, values: { count: 1_411, rate: 20 } }] })
    expect(textOf(sectionOf(html, 'errors'))).toContain('rate_limited 28 1.00% of all requests')
  })

  it('show percentiles of token counts as whole ones, where the histogram moved them', async () => {
    const { metrics } = run().summary
    const values = {
      avg: 32.4,
      min: 32,
      med: 32.015,
      'p(90)': 47.99,
      'p(95)': 40.5,
      'p(99)': 48,
      'p(99.9)': 48,
      max: 48,
    }
    const length = { name: 'input_length', tags: {}, type: 'trend', unit: 'tok', count: 9, values } as const
    const html = await shown({ metrics: [...metrics.filter(({ name }) => name !== 'input_length'), length] })
    expect(rowsOf(html, 'percentiles')).toContain(
      'Input length input_length in tok 9 32.4 32 32 48 40.5 48 48 48',
    )
  })

  it('show of each part its own errors alone', async () => {
    const section = sectionOf(await render(run()), 'errors')
    const [, ramp = '', background = '', first = '', second = ''] = section
      .split(/<div data-part="\d+"[^>]*>/)
      .slice(1)
      .map(textOf)
    expect(ramp).toMatch(/^rate_limited 25 .*timeout 14 .*stream_truncated 5/)
    expect(background).toMatch(/^rate_limited 3 2\.08% of requests/)
    expect(background).not.toContain('timeout')
    expect(first).toBe('Nothing failed in this part.')
    expect(second).toMatch(/^rate_limited 28 .* Too many tokens this minute\.$/)
  })

  it('say of errors that were not counted by part', async () => {
    const errors = run().summary.errors.map((error) => ({ ...error, parts: [] }))
    expect(textOf(sectionOf(await shown({ errors }), 'errors'))).toContain(
      'Errors were not counted by turn: see the whole run.',
    )
  })

  it('show every class of many errors, and cut endless messages', async () => {
    const errors = ERROR_CLASSES.map((name, index) => ({
      class: name,
      count: index + 1,
      example: { class: name, message: `${name} ${'x'.repeat(20_000)}` },
      examples: [],
      messages: [],
      others: index + 1,
      parts: [],
    }))
    const html = await shown({ errors })
    const shownErrors = classOf(html, 'article', 'error')
    expect(shownErrors.map((text) => text.split(' ')[0])).toEqual(ERROR_CLASSES.toReversed())
    expect(shownErrors[0]).toMatch(/x{900,1000} … 20,?0\d\d characters, all of them in summary.json$/)
    expect(html.length).toBeLessThan(900_000)
  })

  it('show what the script threw, once with its place and how often it came', async () => {
    const html = await shown({
      scriptErrors: [
        {
          kind: 'iteration',
          scenario: 'ramp',
          count: 9,
          messages: [{ message: 'Error: order #', count: 8, stack: 'Error: order 7\n    at a.ts:3' }],
          others: 1,
        },
        {
          kind: 'rejection',
          scenario: '',
          count: 2,
          messages: [{ message: 'Error: <b>', count: 2, stack: 'Error: <b>' }],
          others: 0,
        },
      ],
    })
    expect(rowsOf(html, 'script-errors').slice(1)).toEqual([
      'iterations of ramp Error: order # at a.ts:3 8',
      'iterations of ramp other messages 1',
      'unhandled rejections Error: <b> 2',
    ])
    expect(sectionOf(await render(run()), 'script-errors')).toBe('')
  })

  it('show the slowest requests with what finds them again', async () => {
    expect(rowsOf(await render(run()), 'slowest').slice(1)).toEqual([
      '20.6 s — — 0:28.4 0-498 scenario ramp, turn 2 timeout: No token came within 5 s.',
      '12.1 s 2.25 s 96 0:28.9 0-502 scenario ramp, turn 1 answered',
      '9.48 s 1.91 s 96 0:29.2 0-511 scenario background, turn 2 answered',
    ])
  })

  it('show what scenarios were to do and did', async () => {
    expect(rowsOf(await render(run()), 'scenarios')[1]).toBe(
      'ramp 4 to 40 iterations/s over 40s, back to 4 over 20s, up to 60 VUs ramping-arrival-rate 1,230 1,226 27 4',
    )
  })
})

describe('below the tables', () => {
  it('stands the plan, whole and readable', async () => {
    const input = run()
    const [, plan = ''] = /<pre[^>]*>(.*?)<\/pre>/s.exec(sectionOf(await render(input), 'options')) ?? []
    expect(plan.split('\n').length).toBeGreaterThan(20)
    expect(JSON.parse(textOf(plan))).toEqual(JSON.parse(JSON.stringify(input.manifest.plan)))
  })

  it('stands where the numbers were made', async () => {
    const text = textOf(sectionOf(await render(run()), 'environment'))
    for (const part of [
      'Command loadbench run scenarios/ramp.ts --target openai=http://10.0.4.17:8000/v1',
      'Host linux 6.8.0, AMD EPYC 7R13, 8 cores, 33.3 GB',
      'loadbench 0.1.0',
      'node v22.11.0',
      'Event loop delay, p99 8.20 ms',
      'CPU of a worker, most 0.34 cores',
      'Model sim-8b, context of 8,192 tokens',
      'enable_prefix_caching true',
    ]) {
      expect(text).toContain(part)
    }
  })
})

describe('a part of the run', () => {
  it('has figures of its own', async () => {
    const html = await render(run())
    expect(tiles(html, 1)).toContain('TTFT p95 663 ms')
    expect(tiles(html, 1)).toContain('Failed requests 3.53% 44 requests Dropped + interrupted 31')
    expect(tiles(html, 2)).toContain('TTFT p95 391 ms')
  })

  it('says what is not known of it', async () => {
    const html = await render(run())
    expect(tiles(html, 3)).toContain('Dropped + interrupted — not known by part')
    expect(textOf(partOf(html, 'percentiles', 3))).toContain('Time to first token ttft 700')
    expect(textOf(partOf(html, 'percentiles', 3))).not.toContain('End-to-end latency')
  })

  it('stands beside the others and the whole, in a table for each tag', async () => {
    const rows = rowsOf(await render(run()), 'parts')
    expect(rows).toContainEqual(
      expect.stringMatching(/^ramp 1,245 3\.53% 251 ms 663 ms 1\.23 s 55\.7 ms 5\.78 s \d{2,3},\d{3}$/),
    )
    // By turn neither failures nor tokens were counted: there is no column of dashes for them.
    expect(rows).toContain('turn requests TTFT p50 TTFT p95 TTFT p99')
    expect(rows).toContain('2 669 310 ms 818 ms 1.52 s')
    expect(rows.filter((row) => row.startsWith('Whole run'))).toHaveLength(2)
  })

  it('is no choice where there is one scenario and no tag', async () => {
    const { summary } = run()
    const html = await shown({ scenarios: summary.scenarios.slice(0, 1), parts: summary.parts.slice(0, 1) })
    expect(html).not.toContain('<select')
    expect(sectionOf(html, 'parts')).toBe('')
    expect(html.match(/<dl class="headline">/g)).toHaveLength(1)
  })

  it('that only a threshold named is in the tables of the whole', async () => {
    expect(rowsOf(await render(run()), 'percentiles')).toContain(
      'outcome broken 5 590 ms 155 ms 500 ms 915 ms 1.32 s 2.45 s 3.90 s 4.85 s',
    )
  })
})

describe('a run that measured nothing', () => {
  it('has no trustworthy generator', async () => {
    const unjudged = 'nothing to judge: no request ended well'
    const html = await shown({ health: { verdict: 'trustworthy', unjudged, reasons: [], figures: {} } })
    const [, onGenerator] = classOf(html, 'section', 'card')
    expect(onGenerator).toContain('Not judged Nothing to judge: no request ended well.')
    expect(onGenerator).not.toContain('Trustworthy')
  })
})

describe('a killed run', () => {
  const killed = () => {
    const { summary } = run()
    return shown({
      run: { ...summary.run, outcome: 'killed', exitCode: 255 },
      health: { verdict: 'trustworthy', reasons: [], figures: {} },
      thresholds: summary.thresholds.filter(({ passed }) => passed),
    })
  }

  it('has no verdict that looks like one of a finished run', async () => {
    const [onThresholds, onGenerator] = classOf(await killed(), 'section', 'card')
    expect(onThresholds).toContain('4 of 4 held The run was killed before it came to a verdict')
    expect(onGenerator).toContain('Trustworthy so far')
    expect(/<div class="verdicts">.*?<\/div>/s.exec(await killed())?.[0]).not.toContain('tone-pass')
  })
})

describe('a run of an older version', () => {
  it('is shown with all it has', async () => {
    const html = await render(olderRun())
    expect(tiles(html, 1)).toContain('TTFT p95 663 ms')
    expect(classOf(html, 'article', 'error')[1]).toContain('No token came within 5 s.')
    for (const id of ['distributions', 'slowest']) expect(sectionOf(html, id), id).toBe('')
    expect(textOf(html)).not.toMatch(/NaN|undefined|Infinity|\[object/)
  })
})

describe('a target for every provider', () => {
  it('is called by no name', async () => {
    const html = await render(run({ manifest: { targets: { '*': 'http://10.0.4.17:8000/v1' } } }))
    expect(textOf(html)).toContain('Target http://10.0.4.17:8000/v1')
    expect(textOf(html)).not.toContain('Target *')
  })

  it('is told apart where there are several', async () => {
    const html = await render(run({ manifest: { targets: { openai: 'http://a/v1', ollama: 'http://b' } } }))
    expect(textOf(html)).toContain('Targets openai http://a/v1 ollama http://b')
  })
})

describe('the charts', () => {
  it('have a title each, and a list of what is marked in them', async () => {
    const text = textOf(sectionOf(await render(run()), 'charts'))
    expect(text).toContain('Time to first token')
    expect(text).toContain('VUs and open streams')
    expect(text).toContain('0:18.6 first error: stream_truncated')
  })

  it('that cannot be drawn are missed in words', async () => {
    const timeline = { ...timelineOf(10), errors: {} }
    const series = timeline.series.filter(({ metric }) => metric !== 'itl')
    const html = await render(run({ timeline: { ...timeline, series } }))
    expect(classOf(html, 'p', 'charts-absent')).toEqual([
      'Inter-token latency: no answer came in two pieces or more. Errors: there were none.',
    ])
  })
})

describe('text from outside', () => {
  it('never becomes markup', async () => {
    const html = await renderPage(hostileRun('</script><script>x()</script><b onclick="x()" \'>'))
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html).not.toMatch(/<b |onclick="|<\/script/)
  })

  it('is shown as it is', async () => {
    const html = await render(hostileRun('<b>'))
    for (const id of [
      'warnings',
      'thresholds',
      'percentiles',
      'checks',
      'errors',
      'scenarios',
      'slowest',
      'parts',
      'charts',
      'options',
      'environment',
    ]) {
      expect(textOf(sectionOf(html, id)), id).toContain('<b>')
    }
  })
})

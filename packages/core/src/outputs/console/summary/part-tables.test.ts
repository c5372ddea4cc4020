import { describe, expect, it } from 'vitest'
import type { MetricSummary, Part, Summary } from '../../../model/summary.ts'
import { paint } from '../paint.ts'
import { partTables } from './part-tables.ts'

type Values = Readonly<Record<string, number>>

const metric = (
  name: string,
  type: MetricSummary['type'],
  unit: MetricSummary['unit'],
  tags: Part['tags'],
  values: Values,
): MetricSummary => ({ name, tags, type, unit, count: 1, values })

/** A part with a requests count, a failure rate and a ttft. */
function partOf(tag: string, value: string, ttft: number): { part: Part; metrics: MetricSummary[] } {
  const tags = { [tag]: value }
  return {
    part: { label: `${tag} ${value}`, tags },
    metrics: [
      metric('requests', 'counter', '', tags, { count: 1_200, rate: 20 }),
      metric('request_failed', 'rate', '', tags, { rate: 0.0125, passes: 15, fails: 1_185 }),
      metric('ttft', 'trend', 'ms', tags, { med: ttft, 'p(95)': ttft * 1.5 }),
      metric('output_tokens', 'counter', 'tok', tags, { count: 5_000, rate: 83.3 }),
    ],
  }
}

function textOf(
  list: readonly { part: Part; metrics: MetricSummary[] }[],
  errors: Summary['errors'] = [],
): string {
  const summary = {
    parts: list.map(({ part }) => part),
    metrics: list.flatMap(({ metrics }) => metrics),
    errors,
  }
  return partTables(summary, paint(false)).join('\n')
}

describe('parts of the results', () => {
  it('stand side by side, each row in one unit', () => {
    expect(textOf([partOf('model', 'small', 210), partOf('model', 'large', 1_450)])).toMatchInlineSnapshot(`
      "  BY MODEL          small  large
        requests          1,200  1,200
        failed            1.25%  1.25%
        ttft med       s   0.21   1.45
        ttft p(95)     s   0.32   2.18
        output tokens     5,000  5,000
      "
    `)
  })

  it('stand one below the other where there are too many', () => {
    const turns = Array.from({ length: 12 }, (_, index) =>
      partOf('turn', String(index + 1), 100 * (index + 1)),
    )
    const text = textOf(turns)
    expect(text).toMatchInlineSnapshot(`
      "  BY TURN  requests  failed  ttft med  ttft p(95)  output tokens
                                         ms          ms
        1           1,200   1.25%       100         150          5,000
        2           1,200   1.25%       200         300          5,000
        3           1,200   1.25%       300         450          5,000
        4           1,200   1.25%       400         600          5,000
        5           1,200   1.25%       500         750          5,000
        6           1,200   1.25%       600         900          5,000
        7           1,200   1.25%       700       1,050          5,000
        8           1,200   1.25%       800       1,200          5,000
        9           1,200   1.25%       900       1,350          5,000
        10          1,200   1.25%     1,000       1,500          5,000
        11          1,200   1.25%     1,100       1,650          5,000
        12          1,200   1.25%     1,200       1,800          5,000
      "
    `)
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  it('say how many failures of each class each had', () => {
    const own = (model: string, count: number) => ({ tags: { model }, count, messages: [] })
    const counts = { examples: [], messages: [], others: 0 }
    const text = textOf(
      [partOf('model', 'small', 100), partOf('model', 'large', 100)],
      [
        {
          ...counts,
          class: 'timeout',
          count: 14,
          example: { class: 'timeout', message: 'late' },
          parts: [own('small', 2), own('large', 12)],
        },
        {
          ...counts,
          class: 'auth',
          count: 1,
          example: { class: 'auth', message: 'who' },
          parts: [own('small', 0), own('large', 0)],
        },
      ],
    )
    expect(text).toMatch(/^ +timeout +2 +12$/m)
    expect(text).not.toContain('auth')
  })

  it('say where a part has no data', () => {
    const text = textOf([partOf('model', 'small', 100), { ...partOf('model', 'large', 100), metrics: [] }])
    expect(text).toMatch(/ttft med +ms +100 +—/)
  })

  it('of a single scenario are the whole, and not shown again', () => {
    expect(textOf([partOf('scenario', 'only', 100)])).toBe('')
    expect(textOf([partOf('model', 'only', 100)])).toContain('BY MODEL')
  })
})

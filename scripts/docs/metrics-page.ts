import { readFileSync } from 'node:fs'
import { AGGREGATIONS, BUILT_IN_METRICS } from '../../packages/core/src/model/metric.ts'
import { code, GENERATED, table } from './markdown.ts'

const DEFINITIONS = new URL('../../docs/metrics.md', import.meta.url)

/** docs/reference/metrics.md: every metric in the order of the alphabet, and what a threshold may ask of it. */
export function metricsPage(): string {
  const definitions = readFileSync(DEFINITIONS, 'utf8')
  const meanings = new Map(
    Array.from(
      definitions.matchAll(/^\| `(\w+)` \|[^|]*\|[^|]*\| (.*) \|$/gm),
      // What is a heading of the same page there is one of another page here.
      ([, name = '', meaning = '']) => [name, meaning.replaceAll('](#', '](../metrics.md#')],
    ),
  )
  const metrics = BUILT_IN_METRICS.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return [
    GENERATED,
    '# Metrics by name',
    'The definitions, with the timeline they rest on: [what each number means](../metrics.md).',
    table(
      ['metric', 'type', 'unit', 'meaning'],
      metrics.map(({ name, type, unit }) => [code(name), type, unit, meanings.get(name) ?? '']),
    ),
    '## What a threshold may ask',
    table(
      ['type', 'aggregations'],
      Object.entries(AGGREGATIONS).map(([type, names]) => [type, names.map((name) => code(name)).join(', ')]),
    ),
    '`p(N)` stands for any percentile from 0 to 100. `rate` of a counter or a trend is per second over the run, of a ' +
      'rate the share from 0 to 1. The grammar: [thresholds](../thresholds.md).',
  ].join('\n\n')
}

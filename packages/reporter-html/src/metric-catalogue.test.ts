import { BUILT_IN_METRICS } from 'loadbench/report'
import { expect, it } from 'vitest'
import { describeMetric, SCRIPT_GROUP } from './metric-catalogue.ts'

it.each(BUILT_IN_METRICS.map(({ name }) => name))('%s has a name for people', (name) => {
  expect(describeMetric(name).label).not.toBe('')
  expect(describeMetric(name).group).not.toBe(SCRIPT_GROUP)
})

it('puts metrics of the script last, under their own names', () => {
  const own = describeMetric('answer_score')
  expect(own).toMatchObject({ label: '', group: SCRIPT_GROUP })
  for (const { name } of BUILT_IN_METRICS) expect(describeMetric(name).rank).toBeLessThan(own.rank)
})

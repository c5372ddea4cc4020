import { describe, expect, it } from 'vitest'
import type { Plan, ScenarioPlan } from '../model/plan.ts'
import type { SampleSink } from '../model/sink.ts'
import { exec } from '../script/exec.ts'
import { InstanceCounts } from './instance-counts.ts'
import type { ShardContext } from './shard-context.ts'
import { VirtualUser } from './virtual-user.ts'

const PLAN = { name: 'ramp', exec: 'default' } as ScenarioPlan
const FACTS = { name: 'ramp', executor: 'ramping-vus', env: {}, startTime: 0, progress: () => 0 }

const sink: SampleSink = {
  add: () => undefined,
  exchange: () => undefined,
  failure: () => undefined,
  checkFailed: () => undefined,
  noNumber: () => undefined,
  stream: () => undefined,
}

/** A VU that sees its tags in each iteration. @param script what its iterations do before. */
function virtualUser(script: (iteration: number) => void) {
  const seen: (string | undefined)[] = []
  let iteration = 0
  const context: ShardContext = {
    options: { seed: 1 } as Plan,
    sink,
    counts: new InstanceCounts(),
    control: { abort: () => undefined, fail: () => undefined },
    minIterationDuration: 0,
    functionOf: () => () => {
      script(iteration++)
      seen.push(exec.vu.metrics.tags['stage'])
    },
    tagsOf: () => ({ scenario: 'ramp' }),
    setupData: () => undefined,
    ranCode: () => undefined,
    iterationFailed: (_, error) => {
      throw error
    },
  }
  const vu = new VirtualUser(context, PLAN, FACTS, 1)
  const inStages = async (...stages: string[]) => {
    for (const [number, stage] of stages.entries()) {
      const tags = Object.freeze({ scenario: 'ramp', stage })
      // oxlint-disable-next-line no-await-in-loop -- a VU does one iteration after the other
      await vu.iterate(number, { sink, tags })
    }
    return seen
  }
  return inStages
}

describe('the tag stage of a VU', () => {
  it('is that of each iteration', async () => {
    const inStages = virtualUser(() => undefined)
    expect(await inStages('0', '0', '1', '2')).toEqual(['0', '0', '1', '2'])
  })

  it('is so where the script has tagged its VU', async () => {
    const inStages = virtualUser((iteration) => {
      if (iteration === 0) exec.vu.metrics.tags['user'] = 'a'
    })
    expect(await inStages('0', '1', '1', '2')).toEqual(['0', '1', '1', '2'])
  })

  it('is so where the script has set all its tags', async () => {
    const inStages = virtualUser((iteration) => {
      if (iteration === 0) exec.vu.metrics.tags = { user: 'a' }
    })
    expect(await inStages('0', '0', '1', '2')).toEqual([undefined, '0', '1', '2'])
  })

  it('stays what the script has made of it, set once', async () => {
    const inStages = virtualUser((iteration) => {
      if (iteration === 1) exec.vu.metrics.tags['stage'] = 'peak'
    })
    expect(await inStages('0', '1', '1', '2')).toEqual(['0', 'peak', 'peak', 'peak'])
  })
})

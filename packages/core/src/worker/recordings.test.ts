import { describe, expect, it } from 'vitest'
import { builtIn } from '../model/metric.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { Tags } from '../model/tags.ts'
import { STREAMED } from './__fixtures__/samples.ts'
import { Recorder } from './recorder.ts'
import { Recordings } from './recordings.ts'

const RAMP: ScenarioPlan = {
  name: 'ramp',
  exec: 'default',
  startTime: 0,
  gracefulStop: 0,
  env: {},
  tags: {},
  executor: 'ramping-vus',
  startVUs: 1,
  gracefulRampDown: 0,
  stages: [
    { duration: 10_000, target: 5 },
    { duration: 10_000, target: 1 },
  ],
}

/** The recordings of a scenario that starts at 1 000 on the shared clock. */
function begun(plan: ScenarioPlan, tags: Tags = { scenario: plan.name }) {
  const written: { warmup: boolean }[] = []
  const write = ({ warmup = false }: { warmup?: boolean }) => written.push({ warmup }) > 0
  const recorder = new Recorder({ ttft: 1 }, undefined, { write })
  const recordings = new Recordings({ sink: recorder, tagsOf: () => tags }, plan)
  recordings.begin(1_000)
  return { recorder, recordings, written }
}

const sums = (recorder: Recorder) =>
  Object.fromEntries(
    recorder.drain().series.map((delta) => [delta.metric, delta.type === 'counter' ? delta.sum : delta.type]),
  )

describe('the recordings of a ramp', () => {
  it('tag iterations with the stage they start in, one object for each', () => {
    const { recordings } = begun(RAMP)
    expect([1_000, 10_999, 11_000, 90_000].map((at) => recordings.at(at).tags['stage'])).toEqual([
      '0',
      '0',
      '1',
      '1',
    ])
    expect(recordings.at(1_000)).toBe(recordings.at(2_000))
  })

  it('leave a stage the options named alone', () => {
    expect(begun(RAMP, { scenario: 'ramp', stage: 'own' }).recordings.at(1_000).tags['stage']).toBe('own')
  })
})

describe('what an iteration records that starts within the warm-up', () => {
  const plan = { ...RAMP, warmup: 5_000 }
  const early = { ...STREAMED, stamps: { startedAt: 5_900, endedAt: 7_000 } }
  const late = { ...STREAMED, stamps: { startedAt: 6_000, endedAt: 7_000 } }

  it('is counted as warm-up and in no other metric', () => {
    const { recorder, recordings } = begun(plan)
    const { sink, tags } = recordings.at(5_999)
    for (const name of ['iterations', 'iteration_duration', 'iteration_failed', 'checks', 'schedule_lag'])
      sink.add(builtIn(name), 1, tags)
    sink.add(builtIn('http_reqs'), 1, { ...tags, url: '/' })
    sink.failure({ class: 'timeout', message: 'late' }, tags)
    sink.checkFailed('a', 1)
    sink.exchange(early, tags)
    const recorded = recorder.drain()
    expect(recorded).toMatchObject({ errors: [], failedChecks: [], slowest: [] })
    const counted = recorded.series.map((delta) => delta.metric)
    expect([...new Set(counted)].toSorted()).toEqual(['warmup_iterations', 'warmup_requests'])
  })

  it('goes into the sample file all the same, marked', () => {
    const { recordings, written } = begun(plan)
    recordings.at(1_000).sink.exchange(early, {})
    recordings.at(1_000).sink.exchange(late, {})
    expect(written).toEqual([{ warmup: true }, { warmup: false }])
  })

  it('is measured where a request of it starts later', () => {
    const { recorder, recordings } = begun(plan)
    recordings.at(5_999).sink.exchange(late, {})
    expect(sums(recorder)).toMatchObject({ requests: 1, request_duration: 'trend' })
  })

  it('keeps the open streams right', () => {
    const { recorder, recordings } = begun(plan)
    recordings.at(1_000).sink.stream(1)
    recordings.at(9_000).sink.stream(1)
    recordings.at(9_000).sink.stream(-1)
    expect(recorder.streams).toBe(1)
  })

  it('ends with it: from then on values go straight to the recorder', () => {
    const { recorder, recordings } = begun(plan)
    expect(recordings.at(6_000).sink).toBe(recorder)
    expect(begun(RAMP).recordings.at(1_000).sink).toBeInstanceOf(Recorder)
  })
})

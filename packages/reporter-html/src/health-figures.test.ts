import { expect, it } from 'vitest'
import { healthFigures } from './health-figures.ts'

it('names each figure by what it is, in its unit', () => {
  const figures = {
    event_loop_delay_p99: 8.2,
    cpu_max: 0.34,
    gc_pause_max: 59.1,
    heap_max: 24_313_816,
    dropped_share: 0.021,
    workers_died: 0,
  }
  const shown = healthFigures({ verdict: 'trustworthy', reasons: [], figures })
  expect(shown.map(({ name, value }) => `${name}: ${value.replaceAll('\u202f', ' ')}`)).toEqual([
    'Event loop delay, p99: 8.20 ms',
    'CPU of a worker, most: 0.34 cores',
    'Garbage collection, longest pause: 59.1 ms',
    'Heap of a worker, most: 24.3 MB',
    'Scheduled iterations dropped: 2.10%',
    'Workers that died: 0',
  ])
})

it('shows a figure it does not know under its own name', () => {
  const figures = { of_a_later_version: 1.5 }
  expect(healthFigures({ verdict: 'trustworthy', reasons: [], figures })).toEqual([
    { name: 'of_a_later_version', value: '1.50' },
  ])
})

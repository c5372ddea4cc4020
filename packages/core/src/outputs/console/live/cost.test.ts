import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { paint } from '../paint.ts'
import { facts, scenario, threshold, trend } from './__fixtures__/facts.ts'
import { frame } from './frame.ts'
import { Painter } from './painter.ts'

/** Of CPU for one view, ms. Measured: 2 at 80×24, 6 at 200×50; here as much as a busy machine may make of it. */
const MOST = 30
const VIEWS = 60

it('painting once a second takes little of a core, also a wide terminal with much to show', () => {
  const size = { columns: 200, rows: 50 }
  const sink = new Writable({ write: (_chunk, _encoding, done) => done() })
  const painter = new Painter(Object.assign(sink, size))
  const colours = paint(true)
  const recent = Array.from({ length: 160 }, (_, second) => 300 + 100 * Math.sin(second))
  const viewAt = (second: number) =>
    facts({
      elapsed: second * 1_000,
      recentTokens: recent,
      scenarios: Array.from({ length: 10 }, (_, index) =>
        scenario({ name: `s${index}`, share: second / VIEWS }),
      ),
      trends: ['ttft', 'itl', 'tpot'].map((name) => trend({ name, recent: recent.slice(second) })),
      thresholds: Array.from({ length: 6 }, () => threshold({ observed: second })),
    })
  painter.paint(frame(viewAt(0), size, colours))
  const before = process.cpuUsage()
  for (let second = 1; second <= VIEWS; second += 1) painter.paint(frame(viewAt(second), size, colours))
  const { user, system } = process.cpuUsage(before)
  painter.clear()
  expect((user + system) / 1_000 / VIEWS).toBeLessThan(MOST)
})

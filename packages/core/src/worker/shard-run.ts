import { now, type Millis } from '../model/clock.ts'
import { LoadbenchError } from '../model/errors.ts'
import { HealthMonitor } from '../health/monitor.ts'
import { builtIn } from '../model/metric.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { Tags } from '../model/tags.ts'
import { isOpen, plannedVus, scenarioShard } from '../schedule/index.ts'
import { messageWithPlace, type LoadedScript } from '../script/load.ts'
import { SampleFile } from '../store/sample-file.ts'
import { limitOf } from '../store/sample-share.ts'
import { ClosedScenario } from './closed-scenario.ts'
import type { FailureLog } from './failure-log.ts'
import { InstanceCounts } from './instance-counts.ts'
import type { MainLink } from './main-link.ts'
import { OpenScenario } from './open-scenario.ts'
import type { ShardTask } from './protocol.ts'
import { Recorder } from './recorder.ts'
import type { ScenarioRun } from './scenario-run.ts'
import type { ShardContext } from './shard-context.ts'
import { Snapshots } from './snapshots.ts'
import { realClock } from './ticker.ts'

const COUNTERS = ['iterations_started', 'iterations', 'dropped_iterations', 'interrupted_iterations'].map(
  builtIn,
)
const GC_PAUSE = builtIn('gc_pause')
const LOOP_DELAY = builtIn('event_loop_delay')

interface Started {
  readonly plan: ScenarioPlan
  readonly run: ScenarioRun
}

/** @returns `undefined` where no sample is to be kept. */
function samplesOf({ plan, folder, shard }: ShardTask): SampleFile | undefined {
  if (folder === undefined || plan.samples === 0) return undefined
  return new SampleFile(folder, shard.index, limitOf(plan.samples ?? 'all', shard.index, shard.count))
}

/** One shard of a run, from its loaded script to its last snapshot. */
export class ShardRun implements ShardContext {
  readonly options
  readonly sink: Recorder
  readonly counts: InstanceCounts
  readonly minIterationDuration: Millis
  readonly control
  readonly #task: ShardTask
  readonly #script: LoadedScript
  readonly #link: MainLink
  readonly #failures: FailureLog
  readonly #samples: SampleFile | undefined
  readonly #monitor: HealthMonitor
  readonly #scenarios: readonly Started[]
  readonly #tags = new Map<ScenarioPlan, Tags>()
  #data: string | undefined
  #cancelled = false
  #broken = false

  constructor(task: ShardTask, script: LoadedScript, link: MainLink, failures: FailureLog) {
    const { plan } = task
    this.#task = task
    this.#script = script
    this.#link = link
    this.#failures = failures
    this.#samples = samplesOf(task)
    this.options = plan
    this.sink = new Recorder(plan.slo, plan.pricing, this.#samples, plan.by)
    const worker = { worker: String(task.shard.index) }
    this.#monitor = new HealthMonitor({
      streams: () => this.sink.streams,
      onGcPause: (pause) => this.sink.add(GC_PAUSE, pause, worker),
      onLoopDelay: (delay) => this.sink.add(LOOP_DELAY, delay, worker),
    })
    this.counts = new InstanceCounts(task.counts)
    this.minIterationDuration = plan.minIterationDuration
    this.control = {
      abort: (reason: string) => {
        link.post({ type: 'abort', reason })
        // Not one iteration more, however long the word to the other workers takes.
        this.#stop('now')
      },
      fail: (reason: string) => link.post({ type: 'fail', reason }),
    }
    this.#scenarios = this.#makeScenarios()
  }

  /** Says it is ready, waits for the start, runs, and sends the last snapshot. */
  async carryOut(): Promise<void> {
    const started = this.#untilStarted()
    this.#link.post({ type: 'ready' })
    const startsAt = await started
    if (startsAt === undefined) {
      await this.#samples?.close()
      return
    }
    this.counts.begin(startsAt)
    this.#samples?.begin(startsAt)
    this.sink.begin(startsAt)
    await this.#monitor.start()
    const parts = {
      recorder: this.sink,
      monitor: this.#monitor,
      failures: this.#failures,
      samples: this.#samples,
      link: this.#link,
    }
    const snapshots = new Snapshots(this.#task.shard.index, startsAt, parts, () =>
      this.#scenarios.map(({ run }) => run.progress()),
    )
    this.#zeroCounters()
    snapshots.begin()
    await Promise.all(this.#scenarios.map(({ plan, run }) => this.#runOne(plan, run, startsAt)))
    await snapshots.end()
    this.#monitor.stop()
    const problem = await this.#samples?.close()
    if (problem !== undefined) this.#link.post({ type: 'samples-lost', reason: problem })
  }

  functionOf(plan: ScenarioPlan): (data: unknown) => unknown {
    const work = this.#script.functions.get(plan.exec)
    if (work !== undefined) return work
    throw new LoadbenchError(
      'LB_NO_EXEC',
      `the scenario ${plan.name} runs "${plan.exec}", which the script does not export`,
      `Export a function of that name; there are: ${[...this.#script.functions.keys()].join(', ') || 'none'}.`,
    )
  }

  tagsOf(plan: ScenarioPlan): Tags {
    let tags = this.#tags.get(plan)
    if (tags === undefined) {
      tags = Object.freeze({ ...this.options.tags, ...plan.tags, scenario: plan.name })
      this.#tags.set(plan, tags)
    }
    return tags
  }

  setupData(): unknown {
    return this.#data === undefined ? undefined : (JSON.parse(this.#data) as unknown)
  }

  ranCode(scenario: string): void {
    this.#monitor.noteCode(scenario)
  }

  iterationFailed(scenario: string, error: unknown): void {
    if (!LoadbenchError.is(error)) this.#failures.note('iteration', scenario, error)
    else if (!this.#broken) {
      // The script or its configuration is wrong, not an answer: further iterations would say the same.
      this.#broken = true
      const { code, hint } = error
      this.#link.post({ type: 'broken', error: { code, message: messageWithPlace(error), hint } })
    }
  }

  /** A counter that never counted has no data; these are to say 0, so that a threshold can hold them to it. */
  #zeroCounters(): void {
    for (const { plan } of this.#scenarios) {
      for (const counter of COUNTERS) this.sink.add(counter, 0, this.tagsOf(plan))
    }
  }

  #makeScenarios(): Started[] {
    const { plan, shard } = this.#task
    const clock = realClock(now)
    const started: Started[] = []
    let firstVu = 1
    for (const [index, scenario] of plan.scenarios.entries()) {
      const stripe = scenarioShard(index, scenario, shard)
      if (stripe !== undefined) {
        const run = isOpen(scenario)
          ? new OpenScenario(this, scenario, stripe, firstVu, clock, (late) => this.#monitor.noteLag(late))
          : new ClosedScenario(this, scenario, stripe, firstVu, clock)
        started.push({ plan: scenario, run })
      }
      firstVu += plannedVus(scenario).maximum
    }
    return started
  }

  /** @returns when to start, on the shared clock; `undefined` when stopped before that. */
  #untilStarted(): Promise<Millis | undefined> {
    return new Promise((resolve) => {
      this.#link.onMessage((message) => {
        if (message.type === 'start') {
          this.#data = message.data
          resolve(message.at)
          return
        }
        this.#stop(message.how)
        resolve(undefined)
      })
    })
  }

  #stop(how: 'graceful' | 'now'): void {
    this.#cancelled = true
    for (const { run } of this.#scenarios) {
      if (how === 'now') run.interrupt()
      else run.stop()
    }
  }

  /** A scenario with a `startTime` that the run does not reach never starts. */
  async #runOne(plan: ScenarioPlan, run: ScenarioRun, startsAt: Millis): Promise<void> {
    const origin = startsAt + plan.startTime
    while (!this.#cancelled && now() < origin) {
      // Short steps, so that a stop ends the wait; the schedule itself is absolute.
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((resolve) => setTimeout(resolve, Math.min(50, Math.max(0, origin - now()))))
    }
    if (!this.#cancelled) await run.run(origin)
  }
}

import { closeSharedConnections } from './client/connect.ts'
import { requireTarget, type Targets } from './client/targets.ts'
import { Collector } from './live/collector.ts'
import { Conductor } from './live/conductor.ts'
import { causeOf, causeOfWords, Ending, EXIT, type EndCause } from './live/ending.ts'
import { runSetup, runTeardown, type Surroundings } from './live/lifecycle.ts'
import { finish } from './live/finish.ts'
import { newManifest, readableTargets } from './live/manifest.ts'
import { now, type Millis } from './model/clock.ts'
import { formatDuration } from './model/duration.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Plan } from './model/plan.ts'
import type { Reporter } from './model/summary.ts'
import { headerText } from './outputs/console/header.ts'
import type { Paint } from './outputs/console/paint.ts'
import { progressText } from './outputs/console/progress.ts'
import type { Screen } from './outputs/console/screen.ts'
import type { Output } from './outputs/output.ts'
import { Outputs } from './outputs/outputs.ts'
import { prepare, type Prepared, type Tiers } from './prepare.ts'
import { describe, maximumEnd, maximumVusOf } from './schedule/index.ts'
import { TestAborted } from './script/exec.ts'
import { stackOf } from './script/load.ts'
import { sharedRows } from './script/shared-array.ts'
import { runFolder, runId } from './store/layout.ts'
import { RunWriter } from './store/run-writer.ts'
import { InstanceCounts } from './worker/instance-counts.ts'
import { Recorder } from './worker/recorder.ts'

/** Everything `loadbench run` was asked for. */
export interface RunRequest {
  readonly file: string
  readonly tiers: Tiers
  readonly targets: Targets
  /** The targets in words, for the header. */
  readonly targetWords: readonly string[]
  /** Folder in which the run's own folder is made. */
  readonly results: string
  /** Loads the reporters, when there is something to report. */
  readonly reporters: () => Promise<readonly Reporter[]>
  readonly outputs: readonly Output[]
  readonly summaryExport: string | undefined
  readonly judgeThresholds: boolean
  readonly strictHealth: boolean
  readonly version: string
  readonly argv: readonly string[]
  readonly screen: Screen
  readonly paint: Paint
  /** Calls back at the first signal to stop. */
  readonly onSignal: (listener: (signal: string) => void) => void
}

/**
 * A whole run, from a script to a verdict.
 * @returns the process's exit code.
 * @throws LoadbenchError for whatever is wrong before load is sent.
 */
export async function run(request: RunRequest): Promise<number> {
  const prepared = await prepare(request.file, request.tiers, request.targets)
  try {
    requireTarget()
    return await carryOut(request, prepared)
  } finally {
    closeSharedConnections()
    await prepared.bundle.remove()
  }
}

/** A run under way, as its steps hand it on. */
interface Live {
  readonly request: RunRequest
  readonly prepared: Prepared
  readonly plan: Plan
  readonly writer: RunWriter
  readonly outputs: Outputs
  readonly collector: Collector
  readonly ending: Ending
  readonly counts: InstanceCounts
  /** Where the workers' calls went, by provider. */
  readonly targets: Record<string, string>
}

async function carryOut(request: RunRequest, prepared: Prepared): Promise<number> {
  const { screen, file: script, version, argv } = request
  const plan: Plan = request.judgeThresholds ? prepared.plan : { ...prepared.plan, thresholds: [] }
  const startedAt = new Date()
  const id = runId(script, startedAt)
  const targets: Record<string, string> = {}
  const metrics = prepared.metrics.filter((metric) => !BUILT_IN_METRICS.includes(metric))
  const asked = { plan, metrics, targets: request.targets, argv }
  const manifest = newManifest({ id, script, startedAt, version, ...asked })
  const live: Live = {
    request,
    prepared,
    plan,
    targets,
    writer: await RunWriter.create(runFolder(request.results, id), manifest),
    outputs: new Outputs(request.outputs, (problem) => screen.insist(`  ${problem}`)),
    collector: new Collector(plan, prepared.metrics, prepared.warnings),
    ending: new Ending(),
    counts: new InstanceCounts(),
  }
  screen.print(headerOf(live))
  await live.outputs.start(manifest)
  const durationMs = await sendLoad(live)
  // Where calls really went is known only now; a run without calls keeps what was asked for.
  const used = Object.keys(targets).length > 0 ? readableTargets(targets) : manifest.targets
  return finish({ ...request, ...live, manifest: { ...manifest, targets: used }, durationMs })
}

/** From setup() to teardown(). @returns how long the load lasted. */
async function sendLoad(live: Live): Promise<Millis> {
  const { collector, ending } = live
  const conductor = conduct(live)
  const around = surroundings(live, conductor)
  const stopped = stopOnSignal(live, conductor)
  const setup = await Promise.race([stopped, setUp(live, around)])
  await conductor.ready
  const startsAt = setup !== undefined && !ending.early ? conductor.start(setup.data) : undefined
  if (startsAt === undefined) conductor.stop('now')
  else live.counts.begin(startsAt)
  await conductor.finished
  const durationMs = startsAt === undefined ? 0 : Math.max(0, now() - startsAt)
  live.request.screen.settle()
  if (setup !== undefined) await tearDown(live, around, setup.data)
  live.writer.snapshots([collector.addOwn(around.sink.drain())])
  await conductor.destroy()
  return durationMs
}

/** @returns what setup() gave; `undefined` when it failed: then there is nothing to tear down. */
async function setUp(
  live: Live,
  around: Surroundings,
): Promise<{ readonly data: string | undefined } | undefined> {
  try {
    return { data: await runSetup(live.prepared.script, around) }
  } catch (error) {
    // exec.test.abort() has noted itself, and is no failure of setup().
    if (error instanceof TestAborted) return { data: undefined }
    endBy(live, causeOf(error))
    return undefined
  }
}

async function tearDown(live: Live, around: Surroundings, data: string | undefined): Promise<void> {
  try {
    await runTeardown(live.prepared.script, around, data)
  } catch (error) {
    if (!(error instanceof TestAborted)) endBy(live, causeOf(error))
  }
}

/** Notes why the run ends, and says so at once: the script's own summary may leave it out. */
function endBy({ ending, request: { screen, paint } }: Live, cause: EndCause): void {
  if (ending.note(cause)) screen.insist(`  ${paint.bad(cause.reason.replaceAll('\n', '\n  '))}`)
}

function surroundings({ plan, counts, ending }: Live, conductor: Conductor) {
  const control = {
    abort: (reason: string) => {
      ending.note({ outcome: 'aborted', exitCode: EXIT.aborted, reason })
      conductor.stop('now')
    },
    fail: (reason: string) => ending.mark(reason),
  }
  return { plan, counts, control, sink: new Recorder(plan.slo, plan.pricing, undefined) }
}

/** @returns settles at the first signal. */
function stopOnSignal({ request, ending, collector }: Live, conductor: Conductor): Promise<undefined> {
  return new Promise((resolve) => {
    request.onSignal((signal) => {
      ending.note({ outcome: 'interrupted', exitCode: EXIT.signal, reason: `stopped by ${signal}` })
      collector.waitingFor = 'waiting for running iterations'
      request.screen.insist(
        `  ${signal}: starting nothing new and waiting for what runs; send it again to end at once`,
      )
      conductor.stop('graceful')
      resolve(undefined)
    })
  })
}

function conduct(live: Live): Conductor {
  const { request, prepared, plan, writer, outputs, collector, ending, counts } = live
  const { screen, paint } = request
  const end = (cause: EndCause, how: 'graceful' | 'now') => {
    endBy(live, cause)
    conductor.stop(how)
  }
  const conductor: Conductor = new Conductor(
    plan.workers,
    (index, port) => ({
      plan,
      shard: { index, count: plan.workers },
      port,
      bundle: prepared.bundle.file,
      targets: request.targets,
      sharedRows: sharedRows(),
      folder: writer.folder,
      counts: counts.buffer,
    }),
    {
      second(second, snapshots) {
        writer.snapshots(snapshots)
        const interval = collector.second(snapshots)
        screen.progress(progressText(collector.progress(interval), paint))
        if (outputs.any) outputs.interval(collector.intervalOf(second, interval))
        const crossed = collector.crossed()
        if (crossed !== undefined)
          end({ outcome: 'thresholds-failed', exitCode: EXIT.thresholds, reason: crossed }, 'now')
      },
      log: (level, text) => (level === 'error' ? screen.insist(`  ${text}`) : screen.print(`  ${text}`)),
      abort: (reason) => end({ outcome: 'aborted', exitCode: EXIT.aborted, reason }, 'now'),
      fail: (reason) => ending.mark(reason),
      broken: (_, error) => end(causeOfWords(error), 'now'),
      died: (shard, error) => {
        collector.workerDied(shard)
        const message = `worker ${shard} ended before its shard was done: ${stackOf(error)}`
        const hint = 'A script must neither end its process nor throw in a callback that nothing awaits.'
        end(causeOfWords({ code: 'LB_WORKER_DIED', message, hint }), 'graceful')
      },
      targets: (used) => void Object.assign(live.targets, used),
    },
  )
  return conductor
}

function headerOf({ request, plan, writer }: Live): string {
  const longest = Math.max(...plan.scenarios.map((scenario) => scenario.startTime + maximumEnd(scenario)))
  const facts = {
    version: request.version,
    script: request.file,
    targets: request.targetWords,
    folder: writer.folder,
    workers: plan.workers,
    maximumVus: maximumVusOf(plan.scenarios),
    duration: formatDuration(longest),
    scenarios: plan.scenarios.map((scenario) => ({ name: scenario.name, description: describe(scenario) })),
  }
  return headerText(facts, request.paint)
}

import { closeSharedConnections } from './client/connect.ts'
import { requireTarget } from './client/targets.ts'
import { Collector, ownSnapshot } from './live/collector.ts'
import { Conductor } from './live/conductor.ts'
import { causeOf, causeOfWords, Ending, EXIT, type EndCause } from './live/ending.ts'
import { runSetup, runTeardown, type Surroundings } from './live/lifecycle.ts'
import { finish } from './live/finish.ts'
import { newManifest, readableTargets } from './live/manifest.ts'
import { openingText } from './live/opening.ts'
import type { RunRequest } from './live/request.ts'
import { now, type Millis } from './model/clock.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Plan } from './model/plan.ts'
import { progressText } from './outputs/console/progress.ts'
import { Outputs } from './outputs/outputs.ts'
import { prepare, type Prepared } from './prepare.ts'
import { latestEnd, longestGracefulStop } from './schedule/index.ts'
import { TestAborted } from './script/exec.ts'
import { scriptFailed, stackOf } from './script/load.ts'
import { sharedRows } from './script/shared-array.ts'
import { runFolder, runId } from './store/layout.ts'
import { RunWriter } from './store/run-writer.ts'
import { InstanceCounts } from './worker/instance-counts.ts'
import { WorkerThreads } from './worker/pool.ts'
import { Recorder } from './worker/recorder.ts'

/**
 * A whole run, from a script to a verdict.
 * @returns the process's exit code.
 * @throws LoadbenchError for whatever is wrong before load is sent.
 */
export async function run(request: RunRequest): Promise<number> {
  // Loading the code of a worker takes about as long as preparing the script, so the two go side by side.
  const threads = new WorkerThreads()
  let prepared: Prepared | undefined
  try {
    prepared = await prepare(request.file, request.tiers, request.targets)
    requireTarget()
    return await carryOut(request, prepared, threads)
  } finally {
    closeSharedConnections()
    await Promise.all([threads.destroy(), prepared?.bundle.remove()])
  }
}

/** A run under way, as its steps hand it on. */
interface Live {
  readonly request: RunRequest
  readonly prepared: Prepared
  readonly threads: WorkerThreads
  readonly plan: Plan
  readonly writer: RunWriter
  readonly outputs: Outputs
  readonly collector: Collector
  readonly ending: Ending
  readonly counts: InstanceCounts
  /** Where the workers' calls went, by provider. */
  readonly targets: Record<string, string>
}

async function carryOut(request: RunRequest, prepared: Prepared, threads: WorkerThreads): Promise<number> {
  const { screen, file: script, version, argv } = request
  const plan: Plan = request.judgeThresholds ? prepared.plan : { ...prepared.plan, thresholds: [] }
  const startedAt = new Date()
  const id = runId(script, startedAt)
  const targets: Record<string, string> = {}
  const metrics = prepared.metrics.filter((metric) => !BUILT_IN_METRICS.includes(metric))
  const asked = { plan, metrics, targets: request.targets, argv }
  const manifest = newManifest({ id, script, startedAt, version, ...asked })
  const outputs = new Outputs(request.outputs, (problem) => screen.insist(`  ${problem}`))
  await outputs.start(manifest)
  const folder = runFolder(request.results, id)
  const live: Live = {
    request,
    prepared,
    threads,
    plan,
    targets,
    outputs,
    writer: await RunWriter.create(folder, manifest),
    collector: new Collector(plan, prepared.metrics, prepared.warnings),
    ending: new Ending(),
    counts: new InstanceCounts(),
  }
  screen.print(openingText(plan, { version, script, targets: request.targetWords, folder }, request.paint))
  const durationMs = await sendLoad(live)
  // Where calls really went is known only now; a run without calls keeps what was asked for.
  const used = Object.keys(targets).length > 0 ? readableTargets(targets) : manifest.targets
  return finish({ ...request, ...live, manifest: { ...manifest, targets: used }, durationMs })
}

/** From setup() to teardown(). @returns how long the load lasted. */
async function sendLoad(live: Live): Promise<Millis> {
  const { ending } = live
  const conductor = conduct(live)
  const around = surroundings(live, conductor)
  const stopped = untilStopped(live, conductor)
  const setup = await setUp(live, around, stopped)
  noteOwn(live, around)
  await Promise.race([conductor.ready, stopped])
  const startsAt =
    setup !== undefined && !ending.early
      ? conductor.start(setup.data, latestEnd(live.plan.scenarios))
      : undefined
  if (startsAt === undefined) conductor.stop('now', 0)
  else live.counts.begin(startsAt)
  await conductor.finished
  const durationMs = startsAt === undefined ? 0 : Math.max(0, now() - startsAt)
  live.request.screen.settle()
  if (setup !== undefined) await tearDown(live, around, setup.data)
  noteOwn(live, around)
  await conductor.destroy()
  return durationMs
}

/** What setup() or teardown() recorded, told like a second of a worker. */
function noteOwn({ collector, writer, outputs }: Live, { sink }: { readonly sink: Recorder }): void {
  const own = ownSnapshot(sink.drain())
  if (own.series.length === 0) return
  writer.snapshots([own])
  const interval = collector.second([own])
  if (outputs.any) outputs.interval(collector.intervalOf(own.second, interval))
}

/** @returns what setup() gave; `undefined` when it failed or was stopped: then there is nothing to tear down. */
async function setUp(
  live: Live,
  around: Surroundings,
  stopped: Promise<unknown>,
): Promise<{ readonly data: string | undefined } | undefined> {
  try {
    return await runSetup(live.prepared.script, around, stopped)
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
    if (error instanceof TestAborted) return
    const cause = causeOf(error)
    // What ended the run before decides the exit code; that something was left undone is to be known all the same.
    if (live.ending.early) live.request.screen.insist(`  ${cause.reason.replaceAll('\n', '\n  ')}`)
    else endBy(live, cause)
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
      conductor.stop('now', 0)
    },
    fail: (reason: string) => ending.mark(reason),
  }
  return { plan, counts, control, sink: new Recorder(plan.slo, plan.pricing, undefined) }
}

/** @returns settles at the first signal, or when script code of this thread throws where nothing catches it. */
function untilStopped(live: Live, conductor: Conductor): Promise<void> {
  const { request, collector, plan, ending } = live
  return new Promise((resolve) => {
    request.onSignal((signal) => {
      ending.note({ outcome: 'interrupted', exitCode: EXIT.signal, reason: `stopped by ${signal}` })
      collector.waitingFor = 'waiting for running iterations'
      request.screen.insist(
        `  ${signal}: starting nothing new and waiting for what runs; send it again to end at once`,
      )
      conductor.stop('graceful', longestGracefulStop(plan.scenarios))
      resolve()
    })
    request.onFault((error) => {
      endBy(live, causeOf(scriptFailed('where nothing catches it', error)))
      conductor.stop('now', 0)
      resolve()
    })
  })
}

function conduct(live: Live): Conductor {
  const { request, prepared, plan, writer, outputs, collector, ending, counts } = live
  const { screen, paint } = request
  const end = (cause: EndCause, how: 'graceful' | 'now') => {
    endBy(live, cause)
    conductor.stop(how, longestGracefulStop(plan.scenarios))
  }
  const conductor: Conductor = new Conductor(
    live.threads,
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
      snapshot: (snapshot) => writer.snapshots([snapshot]),
      second(second, snapshots) {
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

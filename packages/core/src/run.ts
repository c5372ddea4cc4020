import { closeSharedConnections } from './client/pools.ts'
import { boundProviders } from './client/targets.ts'
import { lookAtServers, warmUp } from './live/before-load.ts'
import { checkProviders } from './live/check-providers.ts'
import { Collector } from './live/collector.ts'
import { Conductor } from './live/conductor.ts'
import { causeOf, causeOfDeath, causeOfWords, Ending, EXIT, type EndCause } from './live/ending.ts'
import { runSetup, runTeardown, type Surroundings } from './live/lifecycle.ts'
import { finish } from './live/finish.ts'
import { newManifest, readableTargets } from './live/manifest.ts'
import { openingText } from './live/opening.ts'
import { ProcessWatch } from './live/process-watch.ts'
import { noteOwn } from './live/own-recordings.ts'
import type { RunRequest } from './live/request.ts'
import { endBy, listen, listenNoMore, StopRequest } from './live/stopping.ts'
import { planWarnings } from './live/system-limits.ts'
import { dateOf, now, type Millis } from './model/clock.ts'
import { BUILT_IN_METRICS } from './model/metric.ts'
import type { Plan } from './model/plan.ts'
import type { Manifest } from './model/summary.ts'
import { noteText } from './outputs/console/summary/ending-lines.ts'
import { indented } from './outputs/console/wrap.ts'
import { Outputs } from './outputs/outputs.ts'
import { prepare, type Prepared } from './prepare.ts'
import { latestEnd, longestGracefulStop } from './schedule/index.ts'
import { TestAborted } from './script/exec.ts'
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
    prepared = await prepare(request.file, request.tiers, request)
    const doubts = await checkProviders(request.targets)
    const tight = await planWarnings(prepared.plan, boundProviders(), request.simulated)
    prepared = { ...prepared, warnings: [...prepared.warnings, ...doubts, ...tight] }
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
  readonly stop: StopRequest
  /** Where the workers' calls went, by provider. */
  readonly targets: Record<string, string>
  /** What is known of the run so far; replaced as more is. */
  manifest: Manifest
  /** setup() is over, so there is something to tear down. */
  isSetUp: boolean
}

async function carryOut(request: RunRequest, prepared: Prepared, threads: WorkerThreads): Promise<number> {
  const { screen, paint, file: script, version, argv, targets: asked } = request
  const plan: Plan = request.judgeThresholds ? prepared.plan : { ...prepared.plan, thresholds: [] }
  const startedAt = dateOf(now())
  const id = runId(script, startedAt)
  const targets: Record<string, string> = {}
  const metrics = prepared.metrics.filter((metric) => !BUILT_IN_METRICS.includes(metric))
  const manifest = newManifest({ id, script, startedAt, version, plan, metrics, targets: asked, argv })
  const tellLost = (problem: string) => screen.insist(noteText(problem, paint))
  const outputs = new Outputs(request.outputs, tellLost)
  await outputs.start(manifest)
  const folder = runFolder(request.results, id)
  const live: Live = {
    request,
    prepared,
    threads,
    plan,
    targets,
    manifest,
    isSetUp: false,
    outputs,
    writer: await RunWriter.create(folder, manifest, tellLost),
    collector: new Collector(plan, prepared.metrics, prepared.warnings),
    ending: new Ending((ending) => {
      live.manifest = { ...live.manifest, ending }
      live.writer.manifestNow(live.manifest)
    }),
    counts: new InstanceCounts(),
    stop: new StopRequest(),
  }
  request.onFolder(folder)
  screen.expectProgress()
  screen.print(openingText(prepared, { version, script, targets: request.targetWords, folder }, paint))
  const durationMs = await sendLoad(live)
  // Where calls really went is known only now; a run without calls keeps what was asked for.
  const used = Object.keys(targets).length > 0 ? readableTargets(targets) : manifest.targets
  return finish({ ...request, ...live, manifest: { ...live.manifest, targets: used }, durationMs })
}

/** From setup() to teardown(). @returns how long the load lasted. */
async function sendLoad(live: Live): Promise<Millis> {
  const { ending } = live
  const conductor = conduct(live)
  const around = surroundings(live, conductor)
  const stopped = live.stop.made
  listen(live, conductor)
  await warmUp(live, stopped)
  const looked = lookAtServers(live)
  const setup = ending.early ? undefined : await setUp(live, around, stopped)
  live.isSetUp = setup !== undefined
  noteOwn(live, around)
  await Promise.race([Promise.all([conductor.ready, looked]), stopped])
  const startsAt =
    setup !== undefined && !ending.early
      ? conductor.start(setup.data, latestEnd(live.plan.scenarios))
      : undefined
  const watch = new ProcessWatch((snapshot) => conductor.report(snapshot))
  if (startsAt === undefined) conductor.stop('now', 0)
  else {
    live.counts.begin(startsAt)
    around.sink.begin(startsAt)
    await watch.begin(startsAt)
  }
  await conductor.finished
  watch.end()
  const durationMs = startsAt === undefined ? 0 : Math.max(0, now() - startsAt)
  live.request.screen.settle()
  if (setup !== undefined) await tearDown(live, around, setup.data)
  noteOwn(live, around)
  await conductor.destroy()
  listenNoMore(live)
  return durationMs
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
    live.ending.note(causeOf(error))
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
    if (live.ending.early) live.request.screen.insist(indented(cause.reason))
    else endBy(live, cause)
  }
}

function surroundings({ plan, counts, ending }: Live, conductor: Conductor) {
  const control = {
    abort: (reason: string) => {
      ending.note({ outcome: 'aborted', exitCode: EXIT.aborted, reason })
      conductor.stop('now', 0)
    },
    fail: (reason: string) => ending.mark(reason),
  }
  return { plan, counts, control, sink: new Recorder(plan.slo, plan.pricing, undefined, plan.by) }
}

function conduct(live: Live): Conductor {
  const { request, prepared, plan, writer, outputs, collector, ending, counts } = live
  const { screen, paint } = request
  const end = (cause: EndCause, how: 'graceful' | 'now') => {
    endBy(live, cause)
    conductor.stop(how, longestGracefulStop(plan.scenarios))
    live.stop.make()
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
      simulated: request.simulated,
      sharedRows: sharedRows(),
      folder: writer.folder,
      counts: counts.buffer,
    }),
    {
      snapshot: (snapshot) => writer.snapshots([snapshot]),
      second(second, snapshots) {
        const interval = collector.second(snapshots)
        screen.progress(() => collector.progress(interval), paint)
        if (outputs.any) outputs.interval(collector.intervalOf(second, snapshots, interval))
        const crossed = collector.crossed()
        if (crossed !== undefined)
          end({ outcome: 'thresholds-failed', exitCode: EXIT.thresholds, reason: crossed }, 'now')
      },
      log: (level, text) => screen.script(text, level === 'error'),
      abort: (reason) => end({ outcome: 'aborted', exitCode: EXIT.aborted, reason }, 'now'),
      fail: (reason) => ending.mark(reason),
      broken: (_, error) => end(causeOfWords(error), 'now'),
      died: (shard, error) => {
        collector.workerDied(shard)
        end(causeOfDeath(shard, error), 'graceful')
      },
      silent: (shard, told) => screen.insist(noteText(collector.workerSilent(shard, told), paint)),
      samplesLost: (reason) => writer.lost('a sample file', reason),
      targets: (used) => void Object.assign(live.targets, used),
    },
  )
  return conductor
}

import { closeConnections } from '../client/pools.ts'
import { formatDuration } from '../model/duration.ts'
import { LoadbenchError } from '../model/errors.ts'
import { Running } from '../model/interrupt.ts'
import type { Plan } from '../model/plan.ts'
import { seeded } from '../model/random.ts'
import type { SampleSink } from '../model/sink.ts'
import { TestAborted } from '../script/exec.ts'
import { scriptFailed, type LoadedScript } from '../script/load.ts'
import {
  runInScope,
  scopeOf,
  type InstanceFacts,
  type RunControl,
  type Scope,
  type VuState,
} from '../script/scope.ts'
import { within } from './limited.ts'

/** What setup() and teardown() run with: no scenario, no VU of their own, but everything else. */
export interface Surroundings {
  readonly plan: Plan
  readonly sink: SampleSink
  readonly counts: InstanceFacts
  readonly control: RunControl
}

/**
 * Runs setup() once, before any VU iterates.
 * @param stopped ends it early.
 * @returns what it returned, as JSON, the same for every VU on every machine; `undefined` when it was stopped.
 * @throws LB_SETUP_TIMEOUT, LB_SCRIPT_FAILED.
 */
export async function runSetup(
  script: LoadedScript,
  around: Surroundings,
  stopped: Promise<unknown>,
): Promise<{ readonly data: string | undefined } | undefined> {
  const { setup } = script
  if (setup === undefined || around.plan.noSetup) return { data: undefined }
  const work = stage('setup', around, stopped, () => setup())
  const outcome = await Promise.race([work, stopped.then(() => undefined)])
  return outcome && { data: asJson(outcome.value) }
}

/** @throws LB_SCRIPT_FAILED for what JSON cannot hold. */
function asJson(value: unknown): string | undefined {
  try {
    return value === undefined ? undefined : JSON.stringify(value)
  } catch (error) {
    throw new LoadbenchError(
      'LB_SCRIPT_FAILED',
      `what setup() returned cannot become JSON: ${error instanceof Error ? error.message : String(error)}`,
      'It goes to every worker as JSON: return plain objects, arrays, texts and numbers.',
      { cause: error },
    )
  }
}

/**
 * Runs teardown(data) once, after the last VU is done.
 * @throws LB_TEARDOWN_TIMEOUT, LB_SCRIPT_FAILED.
 */
export async function runTeardown(
  script: LoadedScript,
  around: Surroundings,
  data: string | undefined,
): Promise<void> {
  const { teardown } = script
  if (teardown === undefined || around.plan.noTeardown) return
  const parsed: unknown = data === undefined ? undefined : JSON.parse(data)
  await stage('teardown', around, new Promise(() => undefined), () => teardown(parsed))
}

const STAGES = {
  setup: { code: 'LB_SETUP_TIMEOUT', limit: 'setupTimeout' },
  teardown: { code: 'LB_TEARDOWN_TIMEOUT', limit: 'teardownTimeout' },
} as const

async function stage(
  name: 'setup' | 'teardown',
  around: Surroundings,
  stopped: Promise<unknown>,
  work: () => unknown,
): Promise<{ readonly value: unknown }> {
  const scope = stageScope(name, around)
  const { vu } = scope
  const { code, limit } = STAGES[name]
  const late = () =>
    new LoadbenchError(
      code,
      `${name}() took longer than ${formatDuration(around.plan[limit])}`,
      `Make it faster, or raise options.${limit}.`,
    )
  const close = () => {
    for (const running of vu.running) running.interrupt()
    vu.closed = true
    closeConnections(vu)
  }
  void stopped.then(close)
  const wholeWork = runInScope(scope, async () => {
    const value = await work()
    // What it did not await belongs to it too.
    await new Promise<void>((resolve) => vu.running.whenEmpty(resolve))
    return { value }
  })
  try {
    return await within(around.plan[limit], wholeWork, late)
  } catch (error) {
    if (LoadbenchError.is(error) || error instanceof TestAborted) throw error
    throw scriptFailed(`in ${name}()`, error)
  } finally {
    close()
  }
}

function stageScope(name: 'setup' | 'teardown', { plan, sink, counts, control }: Surroundings): Scope {
  const group = `::${name}`
  const vu: VuState = {
    idInTest: 0,
    idInInstance: 0,
    iterationInInstance: 0,
    iterationInScenario: 0,
    iterationInTest: 0,
    scheduledAt: undefined,
    scenario: undefined,
    instance: counts,
    control,
    options: plan,
    sink,
    random: seeded(plan.seed),
    running: new Running(),
    connections: undefined,
    closed: false,
    tags: plan.tags,
  }
  return scopeOf(vu, group)
}

import { closeConnections } from '../client/connect.ts'
import { formatDuration } from '../model/duration.ts'
import { LoadbenchError } from '../model/errors.ts'
import type { Millis } from '../model/clock.ts'
import type { Plan } from '../model/plan.ts'
import { seeded } from '../model/random.ts'
import type { SampleSink } from '../model/sink.ts'
import { TestAborted } from '../script/exec.ts'
import { scriptFailed, type LoadedScript } from '../script/load.ts'
import { runInScope, type InstanceFacts, type RunControl, type Scope, type VuState } from '../script/scope.ts'
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
 * @returns what it returned, as JSON: the same for every VU on every machine.
 * @throws LB_SETUP_TIMEOUT, LB_SCRIPT_FAILED.
 */
export async function runSetup(script: LoadedScript, around: Surroundings): Promise<string | undefined> {
  const { setup } = script
  if (setup === undefined || around.plan.noSetup) return undefined
  const value = await stage('setup', around, around.plan.setupTimeout, 'LB_SETUP_TIMEOUT', () => setup())
  return value === undefined ? undefined : JSON.stringify(value)
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
  await stage('teardown', around, around.plan.teardownTimeout, 'LB_TEARDOWN_TIMEOUT', () => teardown(parsed))
}

async function stage(
  name: 'setup' | 'teardown',
  around: Surroundings,
  limit: Millis,
  code: 'LB_SETUP_TIMEOUT' | 'LB_TEARDOWN_TIMEOUT',
  work: () => unknown,
): Promise<unknown> {
  const scope = scopeOf(name, around)
  try {
    return await within(
      limit,
      runInScope(scope, async () => work()),
      () =>
        new LoadbenchError(
          code,
          `${name}() took longer than ${formatDuration(limit)}`,
          `Make it faster, or raise options.${name}Timeout.`,
        ),
    )
  } catch (error) {
    if (LoadbenchError.is(error) || error instanceof TestAborted) throw error
    throw scriptFailed(`in ${name}()`, error)
  } finally {
    scope.vu.closed = true
    closeConnections(scope.vu)
  }
}

function scopeOf(name: 'setup' | 'teardown', { plan, sink, counts, control }: Surroundings): Scope {
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
    running: new Set(),
    connections: undefined,
    closed: false,
  }
  return { vu, group, tags: { ...plan.tags, group } }
}

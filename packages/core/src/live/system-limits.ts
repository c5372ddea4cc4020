import { availableParallelism, freemem, platform, totalmem } from 'node:os'
import { localPortsLimit } from '../health/local-ports.ts'
import { openFilesLimit } from '../health/open-files.ts'
import type { Bound } from '../client/targets.ts'
import type { Plan } from '../model/plan.ts'
import { isOpen, maximumVusOf } from '../schedule/index.ts'
import { checkPlan, type PlanNeeds, type SystemLimits } from './plan-limits.ts'

/**
 * Whether this machine can carry out a plan, looked at before anything is sent.
 * @param simulated the server runs in this process. @param bound the providers the calls go to.
 * @returns warnings, one sentence each.
 * @throws LB_PLAN_TOO_LARGE
 */
export async function planWarnings(
  plan: Plan,
  bound: readonly Bound[],
  simulated: boolean,
): Promise<string[]> {
  return checkPlan(needsOf(plan, bound, simulated), await systemLimits())
}

function needsOf(plan: Plan, bound: readonly Bound[], simulated: boolean): PlanNeeds {
  const addresses = new Set(bound.map(({ plugin, settings }) => `${plugin.name} ${settings.baseURL}`))
  return {
    // A script without clients may need no connection at all, and arrival rates fewer VUs than they may have.
    certainVus: bound.length === 0 ? 0 : maximumVusOf(plan.scenarios.filter((one) => !isOpen(one))),
    maximumVus: maximumVusOf(plan.scenarios),
    connections: Math.max(1, addresses.size),
    workers: plan.workers,
    serverWithin: simulated,
  }
}

async function systemLimits(): Promise<SystemLimits> {
  const [openFiles, ports] = await Promise.all([openFilesLimit(), localPortsLimit()])
  return {
    ...(openFiles !== undefined && { openFiles }),
    ...(ports !== undefined && { ports }),
    memory: freeMemory(),
    cores: availableParallelism(),
  }
}

/** What is free on the machine, or within the limit of a container (cgroup), whichever is less. */
function freeMemory(): number {
  const allowed = process.constrainedMemory()
  // Only Linux counts what it holds for caches as free.
  const free = platform() === 'linux' ? freemem() : totalmem()
  return allowed > 0 ? Math.min(free, Math.max(0, allowed - process.memoryUsage.rss())) : free
}

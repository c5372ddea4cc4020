import { formatDuration } from '../model/duration.ts'
import { percent, type HealthInput } from './health-input.ts'
import type { WorkerHealth } from './worker-readings.ts'

/** A thread that waits for a core this much as long as it runs is kept from running. */
const WAITS_OF_CPU = 0.2
/** and this share of the time at least. */
const WAITS = 0.01
/** Cores that others use to this share are what it waits for. */
const OTHERS = 0.1
const STOLEN = 0.02
/** A thread this busy makes its own delays. */
const BUSY = 0.25
/** So much of its longest delay a single stall or pause has to be, to be what made it. */
const MOST_OF_IT = 0.5

/** Why a worker's event loop was late, by what it did meanwhile, and what to do about it. */
export function causeOf(worker: WorkerHealth, input: HealthInput): string {
  const { whileLate, stall, loopDelayMax, gcPauseMax } = worker
  const { cpu, cpuWait = 0, gc } = whileLate
  if (stall?.scenario !== undefined && stall.length > MOST_OF_IT * loopDelayMax.value)
    return `the code of scenario ${stall.scenario} most likely kept its event loop for ${formatDuration(stall.length)}; keep long computations out of iterations`
  if (cpuWait > WAITS && cpuWait > WAITS_OF_CPU * cpu) return waitsFor(worker.whileLate, input)
  if (gcPauseMax > MOST_OF_IT * loopDelayMax.value)
    return `garbage collection stopped it for up to ${formatDuration(gcPauseMax)} (${percent(gc)} of the time); keep less in memory, or ${relief(input)}`
  if (cpu > BUSY) return `it was busy for ${percent(cpu)} of that time; ${relief(input)}`
  return machinePauses(cpu, input)
}

function waitsFor({ cpu, cpuWait = 0 }: WorkerHealth['whileLate'], input: HealthInput): string {
  const { others = 0 } = input.process ?? {}
  const measured = `it ran for ${percent(cpu)} of that time, and for ${percent(cpuWait)} it could have run but the machine gave it no core`
  if (others > OTHERS)
    return `${measured}, while other programs used ${percent(others)} of its cores; stop them, or use a machine of its own`
  return `${measured}; use a machine with more cores, or lower the load`
}

function machinePauses(cpu: number, { process: health }: HealthInput): string {
  const stolen = health?.stolen ?? 0
  const who =
    stolen > STOLEN
      ? `the hypervisor gave ${percent(stolen)} of its cores to others`
      : 'virtual machines on shared hardware pause like that'
  return `the machine itself paused, for the worker used only ${percent(cpu)} of a core (${who}); use another machine`
}

/** What to do about a generator that is too busy. */
export function relief({ threads, cores }: Pick<HealthInput, 'threads' | 'cores'>): string {
  if (threads >= cores) return 'lower the load, or use a machine with more cores or a second machine'
  return `use --workers ${Math.min(cores, threads * 2)} or lower the load`
}

import { formatDuration } from '../model/duration.ts'
import { brief, percent, type HealthInput } from './health-input.ts'
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

type Cause = 'script' | 'no core' | 'garbage' | 'busy' | 'machine'

function kindOf({ whileLate, stall, loopDelayMax, gcPauseMax }: WorkerHealth): Cause {
  const { cpu, cpuWait = 0 } = whileLate
  if (stall?.scenario !== undefined && stall.length > MOST_OF_IT * loopDelayMax.value) return 'script'
  if (cpuWait > WAITS && cpuWait > WAITS_OF_CPU * cpu) return 'no core'
  if (gcPauseMax > MOST_OF_IT * loopDelayMax.value) return 'garbage'
  return cpu > BUSY ? 'busy' : 'machine'
}

/** Why a worker's event loop was late, by what it did meanwhile, and what to do about it. */
export function causeOf(worker: WorkerHealth, input: HealthInput): string {
  const { whileLate, stall, gcPauseMax } = worker
  switch (kindOf(worker)) {
    case 'script':
      return `the code of scenario ${stall?.scenario} most likely kept its event loop for ${formatDuration(stall?.length ?? 0)}; keep long computations out of iterations, and let many VUs begin by a ramp`
    case 'no core':
      return waitsFor(whileLate, input)
    case 'garbage':
      return `garbage collection stopped it for up to ${formatDuration(gcPauseMax)} (${percent(whileLate.gc)} of the time); keep less in memory, or ${relief(input)}`
    case 'busy':
      return `it was busy for ${percent(whileLate.cpu)} of that time; ${relief(input)}`
    case 'machine':
      return machinePauses(whileLate.cpu, input)
  }
}

/** The same in a few words, to follow the worker's name. */
export function gistOf(worker: WorkerHealth, input: HealthInput): string {
  switch (kindOf(worker)) {
    case 'script':
      return `ran ${brief(worker.stall?.scenario ?? '')}'s code`
    case 'no core':
      return (input.process?.others ?? 0) > OTHERS ? 'shared its core' : 'got no core'
    case 'garbage':
      return 'collected garbage'
    case 'busy':
      return 'was busy'
    case 'machine':
      return 'stood on a paused machine'
  }
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

/** The same in a few words. */
export function hint({ threads, cores }: Pick<HealthInput, 'threads' | 'cores'>): string {
  return threads >= cores ? 'lower the load' : `use --workers ${Math.min(cores, threads * 2)}`
}

import { availableParallelism, loadavg, platform } from 'node:os'
import { doubtful, good, unknown, type Finding } from './finding.ts'
import { systemNames, systemText } from './system-file.ts'

/** @param cores this process may use. @param load processes that wanted a core, over the last minute. */
export function cores(cores_: number, load: number | undefined): Finding {
  const name = 'cores'
  const workers = Math.max(1, cores_ - 1)
  const found = `${cores_}: ${workers} ${workers === 1 ? 'worker' : 'workers'}, if --workers says nothing else`
  if (load === undefined) return good(name, found)
  const busy = `${found}; load average ${load.toFixed(1)}`
  if (load > cores_ / 2) {
    return doubtful(
      name,
      busy,
      'Others use this machine: what they take makes latencies look longer. Stop them.',
    )
  }
  return cores_ === 1
    ? doubtful(
        name,
        busy,
        'Load and bookkeeping share the core: keep the load small, or take a larger machine.',
      )
    : good(name, busy)
}

/** @param names what governs the frequency of each core; empty where it cannot be read. */
export function governor(names: readonly string[]): Finding {
  const name = 'CPU governor'
  const kinds = [...new Set(names)]
  if (kinds.length === 0) return unknown(name, 'cannot be read here (a virtual machine, or not Linux)')
  const found = kinds.join(', ')
  if (kinds.every((kind) => kind === 'performance')) return good(name, found)
  return doubtful(
    name,
    found,
    'Cores that change their pace make short times uneven: sudo cpupower frequency-set -g performance.',
  )
}

/**
 * @param limit cores' worth of time the container may use; `Infinity`: all; `undefined`: no container, or
 * nothing to be read.
 */
export function containerCpu(limit: number | undefined, cores_: number): Finding {
  const name = 'CPU limit'
  if (limit === undefined) return unknown(name, 'cannot be read here (no control group)')
  if (limit >= cores_) return good(name, 'none below the cores there are')
  const workers = Math.max(1, Math.floor(limit) - 1)
  return doubtful(
    name,
    `${Number(limit.toFixed(2))} of ${cores_} cores`,
    `Above it the whole process is paused: give a higher limit, or --workers ${workers}.`,
  )
}

export interface CpuReading {
  readonly cores: number
  readonly load: number | undefined
  readonly governors: readonly string[]
  readonly limit: number | undefined
}

export function readCpu(): CpuReading {
  return {
    cores: availableParallelism(),
    // Windows has none and says 0.
    load: platform() === 'win32' ? undefined : loadavg()[0],
    governors: governors(),
    limit: cpuLimit(),
  }
}

const CPUS = '/sys/devices/system/cpu'

function governors(): string[] {
  return systemNames(CPUS)
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((name) => systemText(`${CPUS}/${name}/cpufreq/scaling_governor`) ?? [])
}

/** Of the process's control group and those above it the narrowest; version 2, else version 1. */
function cpuLimit(): number | undefined {
  const own = /^0::(\/.*)$/m.exec(systemText('/proc/self/cgroup') ?? '')?.[1] ?? '/'
  const steps = own.split('/').filter(Boolean)
  const folders = ['', ...steps.map((_, index) => `/${steps.slice(0, index + 1).join('/')}`)]
  const limits = folders.flatMap((folder) => quotaOf(systemText(`/sys/fs/cgroup${folder}/cpu.max`)) ?? [])
  if (limits.length > 0) return Math.min(...limits)
  const quota = systemText('/sys/fs/cgroup/cpu/cpu.cfs_quota_us')
  const period = systemText('/sys/fs/cgroup/cpu/cpu.cfs_period_us')
  if (quota === undefined || period === undefined) return undefined
  return quotaOf(`${quota === '-1' ? 'max' : quota} ${period}`)
}

/** `max 100000`, `150000 100000`: microseconds of CPU in as many microseconds. */
function quotaOf(text: string | undefined): number | undefined {
  const [quota, period] = (text ?? '').split(' ')
  if (quota === 'max') return Infinity
  const limit = Number(quota) / Number(period)
  return Number.isFinite(limit) && limit > 0 ? limit : undefined
}

import { performance } from 'node:perf_hooks'
import type { ProcessReading } from '../model/snapshot.ts'
import { localPorts, localPortsLimit } from './local-ports.ts'
import { machineTime, type MachineTime } from './machine-time.ts'
import { openFiles, openFilesLimit } from './open-files.ts'

const MICROS_PER_MILLI = 1_000

/** Watches what all workers share: the process, and the machine it runs on. */
export class ProcessMonitor {
  #at = performance.now()
  #cpu = process.cpuUsage()
  #machine: MachineTime | undefined
  #rss = 0
  #limits: Pick<ProcessReading, 'openFilesLimit' | 'portsLimit'> = {}

  /** Begins the first interval. */
  async start(): Promise<void> {
    const [files, ports, machine] = await Promise.all([openFilesLimit(), localPortsLimit(), machineTime()])
    this.#limits = present({ openFilesLimit: files, portsLimit: ports })
    this.#machine = machine
    this.#rss = residentSet() ?? 0
    this.#at = performance.now()
    this.#cpu = process.cpuUsage()
  }

  /** The interval since the last call, or since `start`; the next one begins. */
  async read(): Promise<ProcessReading> {
    const files = await openFiles()
    const [ports, machine] = await Promise.all([localPorts(files), machineTime()])
    const used = process.cpuUsage(this.#cpu)
    const at = performance.now()
    const passed = at - this.#at
    const cpu = passed > 0 ? (used.user + used.system) / MICROS_PER_MILLI / passed : 0
    const shares = machine === undefined ? {} : sharesBetween(this.#machine, machine, cpu, passed)
    this.#cpu = process.cpuUsage()
    this.#at = at
    this.#machine = machine
    this.#rss = residentSet() ?? this.#rss
    return { cpu, rss: this.#rss, ...present({ openFiles: files, ports }), ...this.#limits, ...shares }
  }
}

/** Bytes. Of Linux it is read from a file: `undefined` while the process may open no more of them. */
function residentSet(): number | undefined {
  try {
    return process.memoryUsage.rss()
  } catch {
    return undefined
  }
}

/** Ticks of 10 ms; what they say of a few of them is chance. */
const TICKS_ENOUGH = 20

function sharesBetween(
  before: MachineTime | undefined,
  now: MachineTime,
  cpu: number,
  passed: number,
): Pick<ProcessReading, 'others' | 'stolen'> {
  const all = now.all - (before?.all ?? now.all)
  if (before === undefined || all < TICKS_ENOUGH) return {}
  const cores = all / (passed / 10)
  return {
    others: Math.max(0, (now.used - before.used) / all - cpu / Math.max(1, cores)),
    stolen: Math.max(0, now.stolen - before.stolen) / all,
  }
}

/** Without the fields that are not known. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

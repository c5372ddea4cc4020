import { readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'

/** Clock ticks a second in /proc, the same on every Linux Node runs on. */
const TICKS_PER_SECOND = 100

/** Tells how much of a core the calling thread used between two questions. */
export interface ThreadCpu {
  /** @returns share of a core since the last call, or since this was made. */
  read(): Promise<number>
}

/**
 * On Linux the CPU time of the calling thread, by the system's own account, to 10 ms. Elsewhere, and
 * where /proc is missing, the share of time its event loop was not idle, which also counts time the
 * system gave to others.
 */
export async function watchThreadCpu(): Promise<ThreadCpu> {
  const file = statFile()
  const first = file === undefined ? undefined : await ticksOf(file)
  return file === undefined || first === undefined ? new LoopShare() : new TaskTime(file, first)
}

/** This thread's file, which can only be found out from within the thread. */
function statFile(): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return `/proc/${readlinkSync('/proc/thread-self')}/stat`
  } catch {
    return undefined
  }
}

/** User and system time; the thread's name before them may hold blanks and brackets. Source: proc(5). */
async function ticksOf(file: string): Promise<number | undefined> {
  try {
    const text = await readFile(file, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isFinite(ticks) ? ticks : undefined
  } catch {
    return undefined
  }
}

class TaskTime implements ThreadCpu {
  readonly #file: string
  #ticks: number
  #at = performance.now()

  constructor(file: string, ticks: number) {
    this.#file = file
    this.#ticks = ticks
  }

  async read(): Promise<number> {
    const ticks = (await ticksOf(this.#file)) ?? this.#ticks
    const at = performance.now()
    const used = (ticks - this.#ticks) / TICKS_PER_SECOND
    const passed = (at - this.#at) / 1_000
    this.#ticks = ticks
    this.#at = at
    return passed > 0 ? used / passed : 0
  }
}

class LoopShare implements ThreadCpu {
  #last = performance.eventLoopUtilization()

  read(): Promise<number> {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#last)
    this.#last = now
    return Promise.resolve(utilization)
  }
}

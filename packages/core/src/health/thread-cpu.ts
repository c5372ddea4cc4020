import { readlinkSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { performance } from 'node:perf_hooks'
import type { Millis } from '../model/clock.ts'

const NANOS_PER_SECOND = 1e9
/** Clock ticks a second in /proc, the same on every Linux Node runs on. */
const TICKS_PER_SECOND = 100

/** What took longer to read may be of before the code that kept the event loop meanwhile: then it is read again, once. */
const PROMPT: Millis = 50

/** What a thread did with the time between two questions. */
export interface ThreadShare {
  /** Share of a core it used. */
  readonly cpu: number
  /** Share of the time it could have run and waited for a core, where the system tells. */
  readonly cpuWait?: number
}

/** Tells what the calling thread did since the last question. */
export interface ThreadCpu {
  read(): Promise<ThreadShare>
}

/** What the system counts of a thread, in seconds from its start. */
interface Account {
  readonly ran: number
  readonly waited?: number
}

/**
 * On Linux the system's own account of the calling thread: to the nanosecond and with its waits for a
 * core, where the kernel keeps that, else to 10 ms. Elsewhere, and where /proc is missing, the share of
 * time its event loop was not idle, which also counts time the system gave to others.
 */
export async function watchThreadCpu(): Promise<ThreadCpu> {
  const folder = threadFolder()
  if (folder === undefined) return new LoopShare()
  for (const read of [schedulerAccount, tickAccount]) {
    // oxlint-disable-next-line no-await-in-loop -- the second only where the first fails
    const first = await read(folder)
    if (first !== undefined) return new TaskTime(() => read(folder), first)
  }
  return new LoopShare()
}

/** This thread's folder in /proc, which can only be found out from within the thread. */
function threadFolder(): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return `/proc/${readlinkSync('/proc/thread-self')}`
  } catch {
    return undefined
  }
}

/** Time on a core, time in the run queue (Linux, Documentation/scheduler/sched-stats.rst). A kernel without it says 0. */
async function schedulerAccount(folder: string): Promise<Account | undefined> {
  try {
    const [ran = Number.NaN, waited = Number.NaN] = (await readFile(`${folder}/schedstat`, 'latin1'))
      .split(' ')
      .map((text) => Number(text) / NANOS_PER_SECOND)
    return ran > 0 && waited >= 0 ? { ran, waited } : undefined
  } catch {
    return undefined
  }
}

/** User and system time; the thread's name before them may hold blanks and brackets (proc(5)). */
async function tickAccount(folder: string): Promise<Account | undefined> {
  try {
    const text = await readFile(`${folder}/stat`, 'latin1')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isFinite(ticks) ? { ran: ticks / TICKS_PER_SECOND } : undefined
  } catch {
    return undefined
  }
}

/** By an account that the system keeps. */
export class TaskTime implements ThreadCpu {
  readonly #account: () => Promise<Account | undefined>
  #last: Account
  #at = performance.now()
  #share: ThreadShare = { cpu: 0 }

  constructor(account: () => Promise<Account | undefined>, first: Account) {
    this.#account = account
    this.#last = first
  }

  /** Where the account cannot be read, as without a free file descriptor: the share of the last time it could. */
  async read(): Promise<ThreadShare> {
    const account = await this.#current()
    const at = performance.now()
    if (account === undefined || at <= this.#at) return this.#share
    this.#share = shareBetween(this.#last, account, (at - this.#at) / 1_000)
    this.#last = account
    this.#at = at
    return this.#share
  }

  async #current(): Promise<Account | undefined> {
    const asked = performance.now()
    const account = await this.#account()
    if (performance.now() - asked < PROMPT) return account
    return (await this.#account()) ?? account
  }
}

/** @param passed s. */
function shareBetween(before: Account, after: Account, passed: number): ThreadShare {
  const cpu = (after.ran - before.ran) / passed
  if (after.waited === undefined || before.waited === undefined) return { cpu }
  // A wait counts when it is over, and may have begun before.
  return { cpu, cpuWait: Math.min(1, (after.waited - before.waited) / passed) }
}

class LoopShare implements ThreadCpu {
  #last = performance.eventLoopUtilization()

  read(): Promise<ThreadShare> {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, this.#last)
    this.#last = now
    return Promise.resolve({ cpu: utilization })
  }
}

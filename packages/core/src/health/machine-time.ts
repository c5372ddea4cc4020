import { readFile } from 'node:fs/promises'

/** Clock ticks of all cores of the machine since it started. */
export interface MachineTime {
  readonly all: number
  /** Spent on programs. */
  readonly used: number
  /** Taken by the hypervisor. */
  readonly stolen: number
}

/** The machine's account of its cores, where the system keeps one (Linux, proc(5)). */
export async function machineTime(): Promise<MachineTime | undefined> {
  try {
    const [line = ''] = (await readFile('/proc/stat', 'latin1')).split('\n', 1)
    // user nice system idle iowait irq softirq steal; what follows is part of user and nice.
    const ticks = line.trim().split(/\s+/).slice(1, 9).map(Number)
    const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = ticks
    const all = ticks.reduce((sum, one) => sum + one, 0)
    return all > 0 ? { all, used: user + nice + system + irq + softirq, stolen } : undefined
  } catch {
    return undefined
  }
}

// What Linux tells of a process (proc(5)). Elsewhere these throw, and the benches that need them say so.
import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second in /proc, the same on every Linux Node runs on. */
const TICKS_PER_SECOND = 100

/** Memory a process has in RAM, bytes. */
export function rssOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? []
  return Number(kilobytes) * 1_024
}

/** CPU a process used so far, all its threads, in seconds of one core. */
export function cpuOf(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The name before the other fields may hold blanks and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

/** Files and sockets a process has open. */
export function openFilesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length
}

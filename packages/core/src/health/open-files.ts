import { readdir, readFile, stat } from 'node:fs/promises'

/** Files and sockets this process has open, where the system tells (Linux). */
export async function openFiles(): Promise<number | undefined> {
  try {
    // Linux 6.2 and later give the number as the folder's size; listing thousands takes milliseconds.
    const { size } = await stat('/proc/self/fd')
    return size > 0 ? size : (await readdir('/proc/self/fd')).length
  } catch {
    return undefined
  }
}

/** How many it may open: the soft limit, which Node raises to the hard one as it starts. `undefined`: no limit, or not told. */
export async function openFilesLimit(): Promise<number | undefined> {
  try {
    const limits = await readFile('/proc/self/limits', 'latin1')
    return finite(/^Max open files\s+(\S+)/m.exec(limits)?.[1])
  } catch {
    return reportedLimit()
  }
}

/** The report Node makes of itself knows the limit on every Unix. Making it takes a while. */
function reportedLimit(): number | undefined {
  const report: unknown = process.report?.getReport()
  if (typeof report !== 'object' || report === null || !('userLimits' in report)) return undefined
  const { userLimits } = report as { userLimits: { open_files?: { soft?: unknown } } }
  return finite(userLimits.open_files?.soft)
}

function finite(limit: unknown): number | undefined {
  const number = Number(limit)
  return Number.isFinite(number) && number > 0 ? number : undefined
}

import * as bounds from './bounds.ts'
import { percent, type Finding, type HealthInput } from './health-input.ts'

/** Whether the system's limits were near: beyond them no connection comes about, and the server is blamed for it. */
export function resourceFindings({ process: health }: HealthInput): Finding[] {
  if (health === undefined) return []
  const { openFilesMax, openFilesLimit, portsMax, portsLimit } = health
  return [
    ...near(
      openFilesMax,
      openFilesLimit,
      'open files and sockets',
      'raise ulimit -n',
      'raise the limit (ulimit -n)',
    ),
    ...near(
      portsMax,
      portsLimit,
      'local ports',
      'share connections',
      "share connections (connections: 'shared'), widen net.ipv4.ip_local_port_range or use a second machine",
    ),
  ]
}

function near(
  used: number | undefined,
  limit: number | undefined,
  what: string,
  hint: string,
  advice: string,
): Finding[] {
  if (used === undefined || limit === undefined || used <= bounds.LIMIT_DEGRADED * limit) return []
  const headline = `Up to ${used} of ${limit} ${what} (${percent(used / limit)}) in use: ${hint}`
  const detail = `Up to ${used} of ${limit} ${what} (${percent(used / limit)}) were in use, so new connections fail or wait for reasons that are not the server's: ${advice}.`
  return [{ level: 'degraded', headline, detail }]
}

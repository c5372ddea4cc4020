import { readFile } from 'node:fs/promises'

/** Ports the system takes local ends of connections from, where it tells (Linux). */
export async function localPortsLimit(): Promise<number | undefined> {
  const range = await textOf('/proc/sys/net/ipv4/ip_local_port_range')
  const [first = Number.NaN, last = Number.NaN] = range.trim().split(/\s+/).map(Number)
  return last >= first ? last - first + 1 : undefined
}

/**
 * Local ports in use: sockets of this process, of which it has `openFiles` at most, and closed
 * connections the machine still keeps in TIME_WAIT.
 */
export async function localPorts(openFiles: number | undefined): Promise<number | undefined> {
  const [four, six] = await Promise.all([textOf('/proc/net/sockstat'), textOf('/proc/net/sockstat6')])
  const [, inUse, waiting] = /^TCP: inuse (\d+) .*\btw (\d+)/m.exec(four) ?? []
  if (inUse === undefined || waiting === undefined) return undefined
  const sockets = Number(inUse) + Number(/^TCP6: inuse (\d+)/m.exec(six)?.[1] ?? 0)
  return Math.min(sockets, openFiles ?? sockets) + Number(waiting)
}

/** `''` where there is no such file. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1')
  } catch {
    return ''
  }
}

import { isObject } from '../../model/json.ts'
import { bad, doubtful, good, unknown, type Finding } from './finding.ts'
import { systemText } from './system-file.ts'

/** Files that are open beside the connections of VUs: the run folder, modules, pipes between threads. */
const OWN_FILES = 200
/** What a run of ordinary size wants, where nobody says how large it is to be. */
const ENOUGH_FILES = 4_096
const ENOUGH_PORTS = 10_000
/** The ports a machine may give to connections it makes: those below are the system's. */
const WIDEST = [1_024, 65_535] as const
const WIDEST_COUNT = WIDEST[1] - WIDEST[0] + 1

/** @param limit open files of one process. @param vus of the run to come; each holds a connection. */
export function openFiles(limit: number | undefined, vus: number | undefined): Finding {
  const name = 'open files'
  if (limit === undefined) return unknown(name, 'the limit cannot be read here')
  const needed = vus === undefined ? 65_536 : vus + OWN_FILES
  const advice = `Raise it where loadbench is started: ulimit -n ${needed} (in a container: --ulimit nofile=${needed}); with --simulate twice as many.`
  const room = Math.max(0, limit - OWN_FILES)
  const found = `${limit}: room for about ${room} VUs`
  if (vus !== undefined && vus > room) return bad(name, `${found}, not for ${vus}`, advice)
  return vus === undefined && limit < ENOUGH_FILES ? doubtful(name, found, advice) : good(name, found)
}

/** The limit of this process. Node has raised it as far as it may. */
export function openFileLimit(): number | undefined {
  const { userLimits } = process.report.getReport() as { readonly userLimits?: unknown }
  const limits = isObject(userLimits) ? userLimits['open_files'] : undefined
  const soft = isObject(limits) ? limits['soft'] : undefined
  if (soft === 'unlimited') return Number.MAX_SAFE_INTEGER
  return typeof soft === 'number' || typeof soft === 'string' ? finite(Number(soft)) : undefined
}

/** @param range as `/proc/sys/net/ipv4/ip_local_port_range` has it. */
export function localPorts(range: string | undefined, vus: number | undefined): Finding {
  const name = 'local ports'
  const [first, last] = (range ?? '').split(/\s+/).map(Number)
  if (first === undefined || last === undefined || !(last >= first)) {
    return unknown(name, 'the range cannot be read here')
  }
  const count = last - first + 1
  const found = `${count} (${first}–${last}): as many connections to one address`
  const widen = `Widen the range: sudo sysctl -w net.ipv4.ip_local_port_range="${WIDEST.join(' ')}"`
  const machines = Math.ceil((vus ?? 0) / WIDEST_COUNT)
  const advice =
    machines > 1
      ? `${widen}. Even that is ${WIDEST_COUNT} connections to one address, loopback like any other: spread the VUs over ${machines} addresses of the server, or over ${machines} machines.`
      : `${widen}.`
  if (vus !== undefined && vus > count) return bad(name, `${found}, not ${vus}`, advice)
  return vus === undefined && count < ENOUGH_PORTS ? doubtful(name, found, advice) : good(name, found)
}

export function localPortRange(): string | undefined {
  return systemText('/proc/sys/net/ipv4/ip_local_port_range')
}

/** @param somaxconn connections that may wait to be accepted, at a server on this machine. */
export function backlog(longest: number | undefined, vus: number | undefined): Finding {
  const name = 'accept queue'
  if (longest === undefined) return unknown(name, 'its length cannot be read here')
  const found = `${longest} connections (matters for a server on this machine)`
  if (longest >= (vus ?? 1_024)) return good(name, found)
  const queue = Math.max(4_096, 2 ** Math.ceil(Math.log2(vus ?? 1)))
  return doubtful(
    name,
    found,
    `Of a rush of new connections to a server on this machine those beyond it are turned away: sudo sysctl -w net.core.somaxconn=${queue}, or let the VUs come one after the other (stages).`,
  )
}

export function somaxconn(): number | undefined {
  const text = systemText('/proc/sys/net/core/somaxconn')
  return text === undefined ? undefined : finite(Number(text))
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}

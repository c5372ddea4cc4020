import { freemem, totalmem } from 'node:os'
import { BYTES_PER_VU } from '../../live/plan-limits.ts'
import { withoutCredentials } from '../../store/secrets.ts'
import { bad, doubtful, good, type Finding } from './finding.ts'

/** The oldest Node that runs loadbench. */
const NODE: readonly [major: number, minor: number] = [20, 19]

/** @param version as in `20.19.0`. */
export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return good('Node', version)
  return bad('Node', version, `loadbench needs ${NODE.join('.')} or newer: https://nodejs.org`)
}

const MEGA = 1_024 * 1_024
/** Of a run with a few VUs: an upper bound for ordinary scripts. */
const BASE_MEGAS = 512

export interface MemoryReading {
  /** Bytes, all three. */
  readonly total: number
  readonly available: number
  /** Of a container; absent: none. */
  readonly limit?: number
}

export function memory({ total, available, limit }: MemoryReading, vus: number | undefined): Finding {
  const megas = available / MEGA
  const bound = limit === undefined ? '' : `, limited to ${size(limit)}`
  const found = `${size(available)} free of ${size(total)}${bound}`
  const needed = BASE_MEGAS + ((vus ?? 0) * BYTES_PER_VU) / MEGA
  if (megas >= needed) return good('memory', found)
  return doubtful(
    'memory',
    found,
    vus === undefined
      ? `About ${size(needed * MEGA)} would be safe: free some.`
      : `About ${size(needed * MEGA)} would be safe for ${vus} VUs, ${BYTES_PER_VU / 1_000} kB each: free some, or use fewer VUs.`,
  )
}

export function readMemory(): MemoryReading {
  const total = totalmem()
  // 0, or more than there is: no limit.
  const limit = process.constrainedMemory()
  const isLimited = limit > 0 && limit < total
  return {
    total,
    available: isLimited ? process.availableMemory() : freemem(),
    ...(isLimited ? { limit } : {}),
  }
}

function size(bytes: number): string {
  const megas = bytes / MEGA
  return megas < 1_024 ? `${Math.round(megas)} MB` : `${(megas / 1_024).toFixed(1)} GB`
}

const PROXIES: readonly string[] = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']

/** Variables that send calls through another machine. */
export function proxies(env: NodeJS.ProcessEnv): Finding {
  const set = PROXIES.flatMap((name) => {
    const value = env[name] ?? ''
    return value === '' ? [] : [`${name}=${withoutCredentials(value)}`]
  })
  if (set.length === 0) return good('proxy', 'none')
  return doubtful(
    'proxy',
    set.join(', '),
    'Calls go through it, and its time is measured with them; NO_PROXY=HOST keeps those to a host out of it.',
  )
}

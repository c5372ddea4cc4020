import { LoadbenchError } from '../model/errors.ts'

/** Files a process has open without a single VU: measured 39, with one worker. */
const FILES_BESIDES = 40
/** Further ones per worker: its loop, its port, its sample file. */
const FILES_PER_WORKER = 12
/** Memory of a VU with a stream under way: measured 49 kB (2000 VUs, 98 MB). */
export const BYTES_PER_VU = 50_000
/** VUs of a worker that each stream 20 tokens a second take four fifths of a core: a token costs about 35 µs. */
const VUS_PER_WORKER = 1_000
/** Of a limit, to be planned with: something else needs some too. */
const USABLE = 0.9

/** What a plan is going to need. */
export interface PlanNeeds {
  /** VUs that are sure to be there at once. */
  readonly certainVus: number
  /** The most there may be: arrival rates add VUs up to `maxVUs` only where they run out. */
  readonly maximumVus: number
  /** Connections a VU keeps: one to each address. */
  readonly connections: number
  readonly workers: number
  /** The server runs in this process too, and has the other end of each connection. */
  readonly serverWithin: boolean
}

/** What this process may have. What is not known is absent, and not looked at. */
export interface SystemLimits {
  /** Files and sockets. */
  readonly openFiles?: number
  /** Local ports. */
  readonly ports?: number
  /** Bytes. */
  readonly memory?: number
  readonly cores: number
}

/** Something there is too little of. */
interface Shortage {
  /** VUs there is enough for. */
  readonly fits: number
  readonly what: string
  readonly advice: string
}

/**
 * Whether a plan can be carried out here, before anything is sent.
 * @returns warnings: a sentence for each thing that may run out.
 * @throws LB_PLAN_TOO_LARGE where something is sure to run out.
 */
export function checkPlan(needs: PlanNeeds, limits: SystemLimits): string[] {
  const shortages = [files(needs, limits), ports(needs, limits), memory(needs, limits)].flatMap(
    (shortage) => shortage ?? [],
  )
  const impossible = shortages.filter(({ fits }) => needs.certainVus > fits)
  const [first] = impossible
  if (first !== undefined) {
    const fits = Math.min(...impossible.map((one) => one.fits))
    throw new LoadbenchError(
      'LB_PLAN_TOO_LARGE',
      `${needs.certainVus} VUs need more than there is here: ${impossible.map(({ what }) => what).join('; ')}`,
      `Use at most ${fits} VUs, or ${first.advice}.`,
    )
  }
  const possible = shortages.filter(({ fits }) => needs.maximumVus > fits)
  return [
    ...possible.map(
      ({ fits, what, advice }) =>
        `Up to ${needs.maximumVus} VUs may need more than there is here (${what}): enough for ${fits}; ${advice}.`,
    ),
    ...crowded(needs, limits),
  ]
}

function files(
  { connections, workers, serverWithin }: PlanNeeds,
  { openFiles }: SystemLimits,
): Shortage | undefined {
  if (openFiles === undefined) return undefined
  const left = openFiles - FILES_BESIDES - workers * FILES_PER_WORKER
  const perVu = connections * (serverWithin ? 2 : 1)
  return {
    fits: Math.max(0, Math.floor(left / perVu)),
    what: `this process may open ${openFiles} files and sockets`,
    advice: 'raise the limit (ulimit -n)',
  }
}

/** Each port can be used once for each address, so only the connections to one count. */
function ports(_: PlanNeeds, limits: SystemLimits): Shortage | undefined {
  if (limits.ports === undefined) return undefined
  return {
    fits: Math.floor(limits.ports * USABLE),
    what: `this machine has ${limits.ports} local ports`,
    advice: 'widen net.ipv4.ip_local_port_range, or use a second machine',
  }
}

function memory(_: PlanNeeds, limits: SystemLimits): Shortage | undefined {
  if (limits.memory === undefined) return undefined
  return {
    fits: Math.floor((limits.memory * USABLE) / BYTES_PER_VU),
    what: `${Math.round(limits.memory / 1e6)} MB of memory are free`,
    advice: 'use a machine with more memory',
  }
}

function crowded({ maximumVus, workers }: PlanNeeds, { cores }: SystemLimits): string[] {
  const perWorker = Math.ceil(maximumVus / workers)
  if (perWorker <= VUS_PER_WORKER) return []
  const wanted = Math.ceil(maximumVus / VUS_PER_WORKER)
  const advice =
    wanted <= cores
      ? `use --workers ${wanted}`
      : `this machine has ${cores} cores, which is enough for about ${cores * VUS_PER_WORKER} such VUs`
  return [
    `Up to ${perWorker} VUs on one worker: it keeps pace with about ${VUS_PER_WORKER} that stream 20 tokens a second each; ${advice}.`,
  ]
}

// What a plain HTTP request with a short answer costs loadbench of the CPU (`loadbench/http`: all of its
// metrics, tags and checks), against the least that undici can do with the same requests.
//
//   pnpm bench http-cost
//   USERS=20 REQUESTS=100000 ROUNDS=1 pnpm bench http-cost
//
// Users ask again and again, GET and POST in turns, as fast as they are answered. Both clients run at the same
// time, each stopped while the other has its half second of the core. Exits 1 where the median of the rounds is
// over BOUND times what undici uses.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareCosts, cpuOfClient, type Used } from './ground/compare-costs.ts'
import { scratchFolder } from './ground/generator.ts'
import { BIN, machine, onCore, pinning, serverOf } from './ground/process.ts'
import type { Turns } from './ground/turns.ts'

const USERS = Number(process.env['USERS'] ?? 20)
const ROUNDS = Number(process.env['ROUNDS'] ?? 5)
/**
 * Requests of the long load and of the short one. With five times fewer the load takes a second or two, in which
 * V8 most likely still compiles; its rounds lay between 1.0 and 1.9 times.
 */
const LONG = Number(process.env['REQUESTS'] ?? 300_000)
const SHORT = LONG / 5
/** Allowed against undici. */
const BOUND = Number(process.env['BOUND'] ?? 1.5)

const SCRIPT = `
import http from 'loadbench/http'
const url = process.env.SERVER + '/short'
export const options = {
  scenarios: { users: {
    executor: 'shared-iterations', vus: ${USERS}, iterations: process.env.REQUESTS / 2, maxDuration: '10m',
  } },
  thresholds: { http_req_duration: ['p(95)<5000'], http_req_failed: ['rate<0.5'] },
}
const body = JSON.stringify({ name: 'Ada', wants: 'a short answer' })
const headers = { 'content-type': 'application/json' }
export default async function () {
  await http.get(url)
  await http.post(url, body, { headers })
}
`

const folder = scratchFolder('http-cost')
const script = join(folder, 'http-cost.ts')
writeFileSync(script, SCRIPT)

/** @param args of node, for a load on a server. */
function client(args: (url: string, requests: number) => readonly string[]) {
  return async (requests: number, turns?: Turns): Promise<Used> => {
    const server = await serverOf(onCore(0, ['bench/ground/short-answer-server.mjs']))
    const environment = { SERVER: server.url, REQUESTS: String(requests) }
    const cpuMs = await cpuOfClient(args(server.url, requests), folder, environment, turns)
    const amount = Number(await (await fetch(`${server.url}/count`)).text())
    await server.stop()
    return { cpuMs, amount }
  }
}

const bare = (url: string, requests: number) => {
  const fixed = ['--import', 'tsx', 'bench/ground/undici-requests-client.ts']
  return [...fixed, url, String(USERS), String(requests)]
}
const flags = ['--results', folder, '--workers', '1', '--no-report', '--quiet']

console.log(`${machine}, ${pinning}`)
console.log(`${USERS} users, ${ROUNDS} rounds of ${SHORT} and ${LONG} requests\n`)
const within = await compareCosts({
  clients: {
    'undici dispatch, counting bytes': client(bare),
    loadbench: client(() => [BIN, 'run', script, ...flags]),
  },
  floor: 'undici dispatch, counting bytes',
  judged: 'loadbench',
  inTurns: true,
  rounds: ROUNDS,
  short: SHORT,
  long: LONG,
  unit: 'request',
  bound: BOUND,
})
if (!within) process.exitCode = 1

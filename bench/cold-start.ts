// From `loadbench run` to the first request on the wire, as a user meets it: a process started from nothing.
//
//   pnpm bench cold-start
//   RUNS=2 BOUND=60 pnpm bench cold-start
//
// Beside it, as a floor, the time the same machine takes in the same minute for `node -e 0`. Exits 1 where the
// fastest start takes more than BOUND times the fastest floor.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { scratchFolder } from './ground/generator.ts'
import { BIN, machine, ROOT } from './ground/process.ts'

const RUNS = Number(process.env['RUNS'] ?? 7)
const BOUND = Number(process.env['BOUND'] ?? 30)
const SCRIPT = `
import { openai } from '@loadbench/plugin-openai'
export const options = { vus: 1, iterations: 1 }
const llm = openai({ model: 'm' })
export default async function () { await llm.chat({ messages: [{ role: 'user', content: 'hi' }] }) }
`
const ANSWER =
  'data: {"choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'

/** Runs a process to its end. @returns how long that took, ms. */
async function wholeProcess(args: readonly string[]): Promise<number> {
  const begun = performance.now()
  await once(spawn(process.execPath, args, { stdio: 'ignore', cwd: ROOT }), 'exit')
  return performance.now() - begun
}

/** @returns ms from the start of the process to its first request. */
async function firstRequest(script: string, results: string): Promise<number> {
  let arrived = 0
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    // What the run asks the server about itself is no load.
    if (request.method === 'POST') arrived ||= performance.now()
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(ANSWER)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  const begun = performance.now()
  await wholeProcess([BIN, 'run', script, '--target', target, '--results', results])
  server.close()
  if (arrived === 0) throw new Error('no request came: is everything built?')
  return arrived - begun
}

const spread = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return `min ${at(0)} ms, median ${at(0.5)} ms, max ${at(1)} ms`
}

const folder = scratchFolder('cold-start')
const script = join(folder, 'first.ts')
writeFileSync(script, SCRIPT)
const floors: number[] = []
const firsts: number[] = []
for (let run = 0; run < RUNS; run += 1) {
  floors.push(await wholeProcess(['-e', '0']))
  firsts.push(await firstRequest(script, folder))
}
console.log(`${machine}, ${RUNS} runs`)
console.log(`floor (node -e 0):              ${spread(floors)}`)
console.log(`loadbench run to first request: ${spread(firsts)}`)
const times = Math.min(...firsts) / Math.min(...floors)
console.log(`${times.toFixed(1)} times the floor; ${BOUND} allowed`)
if (times > BOUND) process.exitCode = 1

// How long until all virtual users of a closed model are under way?
//
//   pnpm bench start
//   VUS=20000 ROUNDS=3 BOUND=3 pnpm bench start
//
// From the run's clock to the moment the last VU has begun its first iteration, of a script that only
// sleeps, on one worker; beside it, as a floor, as many bare async functions that sleep, each in an
// AsyncLocalStorage of its own. Exits 1 where the fastest round is over BOUND seconds.
import { scratchFolder, startGenerator } from './ground/generator.ts'
import { machine, outputOf, startNode } from './ground/process.ts'
import { quantile } from './ground/truth.ts'

const VUS = Number(process.env['VUS'] ?? 20_000)
const ROUNDS = Number(process.env['ROUNDS'] ?? 3)
/** Seconds. */
const BOUND = Number(process.env['BOUND'] ?? 3)
/** `exec.test.abort()` */
const ABORTED = 108

const SCRIPT = `
import { exec, sleep } from 'loadbench'
export const options = { scenarios: { users: {
  executor: 'constant-vus', vus: ${VUS}, duration: '120s', gracefulStop: '0s',
} } }
let begun = 0
export default async function () {
  begun += 1
  if (begun === ${VUS}) exec.test.abort('all begun after ' + exec.instance.currentTestRunDuration + ' ms')
  await sleep(100)
}
`

const FLOOR = `
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
const scope = new AsyncLocalStorage()
const begun = performance.now()
for (let vu = 0; vu < ${VUS}; vu += 1) void scope.run({ vu }, async () => { await sleep(100000) })
console.log('all begun after ' + (performance.now() - begun) + ' ms')
process.exit()
`

/** Seconds. */
function begunAfter(printed: string): number {
  const [, millis] = /all begun after (\S+) ms/.exec(printed) ?? []
  if (millis === undefined) throw new Error(`not all VUs began:\n${printed}`)
  return Number(millis) / 1_000
}

const folder = scratchFolder('start')
const floors: number[] = []
const starts: number[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  // oxlint-disable no-await-in-loop -- one load at a time
  floors.push(begunAfter(await outputOf(startNode(['--input-type=module', '-e', FLOOR], { cores: '1' }))))
  const settings = { cores: '1', codes: [ABORTED] }
  // No call is made, so nobody listens there.
  starts.push(
    begunAfter((await startGenerator(folder, SCRIPT, 'http://127.0.0.1:1', settings).ended).printed),
  )
  // oxlint-enable no-await-in-loop
}
const spread = (values: readonly number[]) =>
  `min ${Math.min(...values).toFixed(2)} s, median ${quantile(values, 0.5).toFixed(2)} s, max ${Math.max(...values).toFixed(2)} s`
console.log(`${machine}; ${VUS} VUs, ${ROUNDS} rounds`)
console.log(`floor, bare async functions: ${spread(floors)}`)
console.log(`all VUs under way after:     ${spread(starts)}; ${BOUND} s allowed`)
if (Math.min(...starts) > BOUND) process.exitCode = 1

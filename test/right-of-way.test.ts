import { execFileSync, spawnSync } from 'node:child_process'
import { expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Tells the niceness of the main thread, of its own, and how many threads give way, once `batch` are of that class. */
const SCRIPT = `
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { sleep } from 'loadbench'
export const options = { vus: 3, iterations: 3 }
const statOf = (thread) => readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ').pop().split(' ')
const niceOf = (thread) => Number(statOf(thread)[16])
const isBatch = (thread) => Number(statOf(thread)[38]) === 3
const all = () => readdirSync('/proc/self/task')
export default async function () {
  const batch = Number(process.env.BATCH)
  for (let look = 0; look < 100 && all().filter(isBatch).length < batch; look += 1) await sleep(0.05)
  const own = readlinkSync('/proc/thread-self').split('/').pop()
  const nice = all().filter((thread) => niceOf(thread) === 10)
  console.log('main ' + niceOf(process.pid) + ', worker ' + niceOf(own) + ', giving way ' + nice.length)
  console.log('of class batch ' + all().filter(isBatch).length + ', worker ' + isBatch(own))
}
`

it.runIf(process.platform === 'linux')(
  'all workers, and a simulator, go before the main thread and those that compile',
  async () => {
    const bare = `import { readdirSync } from 'node:fs'; console.log(readdirSync('/proc/self/task').length)`
    const project = makeProject({ 'nice.ts': SCRIPT, 'bare.mjs': bare })
    const first = execFileSync('node', ['bare.mjs'], { cwd: project.folder, encoding: 'utf8' }).trim()
    const batch = spawnSync('chrt', ['--version']).status === 0 ? first : '0'

    const run = ['run', 'nice.ts', '--simulate', '--no-report', '--workers', '3']
    const { stdout, stderr } = await project.loadbench(run, { env: { BATCH: batch } })

    const said = stdout + stderr
    expect(said.match(/main 10, worker 0/g), said).toHaveLength(3)
    expect(said).toContain(`giving way ${first}`)
    expect(said.match(new RegExp(`of class batch ${batch}, worker false`, 'g')), said).toHaveLength(3)
  },
)

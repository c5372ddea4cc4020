import { execFileSync } from 'node:child_process'
import { expect, it, vi } from 'vitest'
import { makeProject } from './harness/project.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Tells the niceness of the main thread, of its own, and how many threads give way. */
const SCRIPT = `
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
export const options = { vus: 1, iterations: 1 }
const nice = (thread) => Number(readFileSync('/proc/self/task/' + thread + '/stat', 'utf8').split(') ').pop().split(' ')[16])
export default function () {
  const own = readlinkSync('/proc/thread-self').split('/').pop()
  const threads = readdirSync('/proc/self/task').map(nice)
  console.log('main ' + nice(process.pid) + ', worker ' + nice(own) + ', giving way ' + threads.filter((one) => one === 10).length)
}
`

it.runIf(process.platform === 'linux')(
  'workers, and a simulator, go before the main thread and those that compile',
  async () => {
    const bare = `import { readdirSync } from 'node:fs'; console.log(readdirSync('/proc/self/task').length)`
    const project = makeProject({ 'nice.ts': SCRIPT, 'bare.mjs': bare })
    const first = execFileSync('node', ['bare.mjs'], { cwd: project.folder, encoding: 'utf8' }).trim()
    const ran = await project.loadbench(['run', 'nice.ts', '--simulate', '--no-report'])
    expect(ran.stdout + ran.stderr).toContain(`main 10, worker 0, giving way ${first}`)
  },
)

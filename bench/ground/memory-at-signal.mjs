// Loaded with --import: on SIGUSR2 every thread of the process collects its garbage; then the process writes
// what each has left to the file MEMORY_FILE, a line of JSON { heap, external } in bytes for each thread, once
// MEMORY_THREADS of them have answered.
import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { BroadcastChannel, isMainThread } from 'node:worker_threads'
import { runInNewContext } from 'node:vm'

const { MEMORY_FILE: file, MEMORY_THREADS: threads } = process.env
if (file !== undefined) {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const channel = new BroadcastChannel('loadbench-bench-memory')
  const left = () => {
    // What the first frees may hold on to more, by finalizers.
    collect()
    collect()
    const { heapUsed, external } = process.memoryUsage()
    return { heap: heapUsed, external }
  }
  if (isMainThread) {
    const lines = []
    const take = (line) => {
      lines.push(`${JSON.stringify(line)}\n`)
      if (lines.length < Number(threads)) return
      writeFileSync(`${file}.new`, lines.join(''))
      renameSync(`${file}.new`, file)
    }
    channel.addEventListener('message', ({ data }) => take(data.left))
    process.once('SIGUSR2', () => {
      channel.postMessage({ asked: true })
      take(left())
    })
  } else {
    channel.addEventListener('message', ({ data }) => {
      if (data.asked) channel.postMessage({ left: left() })
    })
  }
  channel.unref()
}

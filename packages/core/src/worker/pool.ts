import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { FromWorker, ShardTask, ToWorker } from './protocol.ts'
import { giveWorkersWay } from './right-of-way.ts'
import { setFlagsForWorkers } from './v8-flags.ts'

/** What a pool tells of its workers. `shard` is the worker's index. */
export interface PoolListener {
  message(shard: number, message: FromWorker): void
  /** A worker ended before its shard was done. Its port says nothing more. */
  died(shard: number, error: Error): void
}

/**
 * A worker reads no socket while its young garbage is collected, and the more of it there may be, the longer that
 * takes: a quarter of what Node allows by default. What it costs and brings stands in docs/performance.md.
 */
const YOUNG_GENERATION_MB = 12

/** A worker's entry: as built, or from the sources, which a thread of Node 20 reads only if tsx is registered in it. */
const ENTRY = import.meta.url.endsWith('.ts')
  ? {
      filename: new URL('./entry.ts', import.meta.url).href,
      execArgv: [
        '--conditions=@loadbench/source',
        `--import=data:text/javascript,import { register } from '${import.meta.resolve('tsx/esm/api')}';register()`,
      ],
    }
  : { filename: new URL('./entry.js', import.meta.url).href }

/** More threads than any machine has cores. */
const MOST_THREADS = 1_024

/**
 * Threads ready for shards. The first starts at once, and has the code of a worker loaded by the time
 * the plan is known; further ones start when there are shards for them. The only file that knows piscina.
 */
export class WorkerThreads {
  readonly #pool: Piscina

  constructor() {
    setFlagsForWorkers()
    this.#pool = new Piscina({
      ...ENTRY,
      minThreads: 1,
      maxThreads: MOST_THREADS,
      concurrentTasksPerWorker: 1,
      idleTimeout: Number.POSITIVE_INFINITY,
      // A worker blocked on an atomic between tasks has no event loop to measure with.
      atomics: 'disabled',
      recordTiming: false,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    })
    // Errors of workers reach us by their tasks; without a listener this event would end the process.
    this.#pool.on('error', () => undefined)
  }

  /** Runs one shard on a thread of its own. @throws when the thread ends before the shard does. */
  async run(task: ShardTask): Promise<void> {
    await this.#pool.run(task, { transferList: [task.port] })
  }

  /** Ends all threads at once. */
  destroy(): Promise<void> {
    return this.#pool.destroy()
  }
}

/**
 * The workers of a run, each with one long task. Every message, the end of a shard included, goes over
 * the task's own port: a task's result can overtake messages still on their way.
 */
export class WorkerPool {
  /** Settles when every worker is done or dead. */
  readonly finished: Promise<void>
  readonly #threads: WorkerThreads
  readonly #ports: MessagePort[] = []
  /** Per shard that is neither done nor dead: takes it for dead. */
  readonly #giveUp = new Map<number, (error: Error) => void>()

  constructor(
    threads: WorkerThreads,
    count: number,
    taskFor: (shard: number, port: MessagePort) => ShardTask,
    listener: PoolListener,
  ) {
    this.#threads = threads
    const shards = Array.from({ length: count }, (_, shard) => this.#runShard(shard, taskFor, listener))
    giveWorkersWay()
    this.finished = Promise.all(shards).then(() => undefined)
  }

  send(message: ToWorker): void {
    for (const port of this.#ports) port.postMessage(message)
  }

  /** Takes every worker that is not done yet for dead: it does not answer. */
  giveUp(error: Error): void {
    for (const died of Array.from(this.#giveUp.values())) died(error)
  }

  /** Ends the threads of its workers, and all others. */
  async destroy(): Promise<void> {
    for (const port of this.#ports) port.close()
    await this.#threads.destroy()
  }

  #runShard(
    shard: number,
    taskFor: (shard: number, port: MessagePort) => ShardTask,
    listener: PoolListener,
  ): Promise<void> {
    const { port1, port2 } = new MessageChannel()
    this.#ports.push(port1)
    return new Promise((resolve) => {
      const over = () => {
        this.#giveUp.delete(shard)
        resolve()
      }
      const died = (error: Error) => {
        // Ending the threads of a finished run looks the same from here.
        if (!this.#giveUp.has(shard)) return
        listener.died(shard, error)
        over()
      }
      this.#giveUp.set(shard, died)
      port1.on('message', (message: FromWorker) => {
        if (!this.#giveUp.has(shard)) return
        listener.message(shard, message)
        if (message.type === 'done') over()
      })
      this.#threads.run(taskFor(shard, port2)).catch((error: unknown) => {
        died(error instanceof Error ? error : new Error(String(error)))
      })
    })
  }
}

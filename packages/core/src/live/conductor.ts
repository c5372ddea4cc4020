import type { MessagePort } from 'node:worker_threads'
import { now, type Millis } from '../model/clock.ts'
import type { Snapshot } from '../model/snapshot.ts'
import { WorkerPool, type WorkerThreads } from '../worker/pool.ts'
import type { BrokenShard, FromWorker, LogLevel, ShardTask } from '../worker/protocol.ts'
import { ScriptErrors } from './script-errors.ts'
import { Seconds } from './seconds.ts'

/** From the decision to start until the start: longer than a message to a busy thread takes. */
const START_MARGIN: Millis = 25

/** How long after its time a worker may still be busy writing; one that takes longer is blocked. */
const PATIENCE: Millis = 10_000

/** What happens among the workers, as the run wants to hear it. */
export interface ConductorListener {
  /** A snapshot has arrived; it is worth keeping even if its second never becomes whole. */
  snapshot(snapshot: Snapshot): void
  /** One second of all workers. */
  second(second: number, snapshots: readonly Snapshot[]): void
  log(level: LogLevel, text: string): void
  /** `exec.test.abort()` */
  abort(reason: string): void
  /** `exec.test.fail()` */
  fail(reason: string): void
  /** A worker could not load the script, or an iteration found script or configuration to be wrong. */
  broken(shard: number, error: BrokenShard): void
  died(shard: number, error: Error): void
  /** A worker has told nothing for long; the others go on without it. @param told its latest second, -1 if none. */
  silent(shard: number, told: number): void
  /** A sample file cannot be written, or lacks some. */
  samplesLost(reason: string): void
  /** Addresses a worker's calls went to, by provider. */
  targets(targets: Readonly<Record<string, string>>): void
}

/** Leads the workers of a run: all ready, one start, stop, all done. */
export class Conductor {
  /** Settles when every worker has loaded the script, or never will. */
  readonly ready: Promise<void>
  /** Settles when every worker is done or dead. */
  readonly finished: Promise<void>
  readonly #pool: WorkerPool
  readonly #seconds: Seconds
  readonly #listener: ConductorListener
  readonly #notReady: Set<number>
  readonly #scriptErrors = new ScriptErrors()
  #allReady: () => void = () => undefined
  #patience: NodeJS.Timeout | undefined

  constructor(
    threads: WorkerThreads,
    workers: number,
    taskFor: (shard: number, port: MessagePort) => ShardTask,
    listener: ConductorListener,
  ) {
    this.#listener = listener
    this.#seconds = new Seconds(workers, {
      whole: (second, snapshots) => listener.second(second, snapshots),
      silent: (shard, told) => listener.silent(shard, told),
    })
    this.#notReady = new Set(Array.from({ length: workers }, (_, shard) => shard))
    this.ready = new Promise((resolve) => {
      this.#allReady = resolve
    })
    this.#pool = new WorkerPool(threads, workers, taskFor, {
      message: (shard, message) => this.#heard(shard, message),
      died: (shard, error) => {
        this.#leave(shard)
        listener.died(shard, error)
      },
    })
    this.finished = this.#pool.finished
  }

  /**
   * Starts all workers at one moment.
   * @param data what setup() returned, as JSON. @param longest the longest the run may take.
   * @returns that moment, on the shared clock.
   */
  start(data: string | undefined, longest: Millis): Millis {
    const at = now() + START_MARGIN
    this.#pool.send({ type: 'start', at, data })
    this.#expectEndWithin(longest)
    return at
  }

  /**
   * Before the start too: the workers are then done without having run.
   * @param longest the longest that what runs may still take.
   */
  stop(how: 'graceful' | 'now', longest: Millis): void {
    this.#pool.send({ type: 'stop', how })
    this.#expectEndWithin(how === 'now' ? 0 : longest)
  }

  /** A look of the main thread at the run, which goes the way of the workers' snapshots. */
  report(snapshot: Snapshot): void {
    this.#listener.snapshot(snapshot)
    this.#seconds.add(snapshot)
  }

  /** Ends the threads. */
  destroy(): Promise<void> {
    clearTimeout(this.#patience)
    return this.#pool.destroy()
  }

  /** A script that blocks its event loop can be told nothing; its worker is then given up. */
  #expectEndWithin(longest: Millis): void {
    clearTimeout(this.#patience)
    this.#patience = setTimeout(
      () => this.#pool.giveUp(new Error('it does not answer: the script blocks its event loop')),
      Math.min(longest + PATIENCE, 0x7fff_ffff),
    )
  }

  #heard(shard: number, message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        this.#isReady(shard)
        break
      case 'snapshot':
        this.#listener.snapshot(message.snapshot)
        this.#seconds.add(message.snapshot)
        break
      case 'log':
        this.#listener.log(message.level, message.text)
        break
      case 'script-error': {
        const line = this.#scriptErrors.first(message.kind, message.scenario, message.text)
        if (line !== undefined) this.#listener.log('error', line)
        break
      }
      case 'abort':
        this.#listener.abort(message.reason)
        break
      case 'fail':
        this.#listener.fail(message.reason)
        break
      case 'broken':
        this.#listener.broken(shard, message.error)
        break
      case 'samples-lost':
        this.#listener.samplesLost(message.reason)
        break
      case 'done':
        this.#listener.targets(message.targets)
        this.#leave(shard)
        break
    }
  }

  #leave(shard: number): void {
    this.#isReady(shard)
    this.#seconds.leave(shard)
  }

  #isReady(shard: number): void {
    this.#notReady.delete(shard)
    if (this.#notReady.size === 0) this.#allReady()
  }
}

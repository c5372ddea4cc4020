import type { Millis } from '../model/clock.ts'
import type { ScenarioPlan } from '../model/plan.ts'
import type { SampleSink } from '../model/sink.ts'
import type { Tags } from '../model/tags.ts'
import { stageAt } from '../schedule/index.ts'
import type { ShardContext } from './shard-context.ts'
import { WarmUpSink } from './warm-up-sink.ts'

/** Where what an iteration records goes, and under which tags; its start decides. */
export interface Recording {
  readonly sink: SampleSink
  readonly tags: Tags
}

/** The recordings of one scenario: one for each stage, and before them those of the warm-up. */
export class Recordings {
  readonly #sink: SampleSink
  readonly #warmUp: Millis
  readonly #stageAt: ((at: Millis) => number) | undefined
  readonly #tags: Tags
  readonly #always: Recording
  readonly #known = new Map<string, Recording>()
  #origin: Millis = 0
  #warmUpSink: SampleSink | undefined

  constructor(context: Pick<ShardContext, 'sink' | 'tagsOf'>, plan: ScenarioPlan) {
    this.#sink = context.sink
    this.#tags = context.tagsOf(plan)
    this.#warmUp = plan.warmup ?? 0
    // A tag of that name that the options give stays theirs.
    this.#always = { sink: this.#sink, tags: this.#tags }
    this.#stageAt = 'stage' in this.#tags ? undefined : stageAt(plan)
  }

  /** @param origin the scenario's start on the shared clock. */
  begin(origin: Millis): void {
    this.#origin = origin
    this.#warmUpSink = new WarmUpSink(this.#sink, origin + this.#warmUp, this.#tags)
  }

  /** @param now on the shared clock. @returns the same object until stage or warm-up end. */
  at(now: Millis): Recording {
    if (this.#warmUp === 0 && this.#stageAt === undefined) return this.#always
    const own = now - this.#origin
    const stage = this.#stageAt?.(own)
    const warm = own < this.#warmUp
    const key = `${stage} ${warm}`
    let recording = this.#known.get(key)
    if (recording === undefined) {
      const sink = warm ? (this.#warmUpSink ?? this.#sink) : this.#sink
      const tags = stage === undefined ? this.#tags : Object.freeze({ ...this.#tags, stage: String(stage) })
      this.#known.set(key, (recording = { sink, tags }))
    }
    return recording
  }
}

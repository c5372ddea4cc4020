import { createWriteStream, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { constants, createGzip, type Gzip } from 'node:zlib'
import type { Millis } from '../model/clock.ts'
import type { ConnectTimes, ExchangeSample, Stamps } from '../model/exchange.ts'
import type { Usage } from '../model/part.ts'
import type { Tags } from '../model/tags.ts'
import { samplesFile } from './layout.ts'
import { SampleShare } from './sample-share.ts'

/** Characters waiting to be compressed before samples are left out: the disk is not keeping up. */
const BACKLOG_LIMIT = 64 * 1024 * 1024

/**
 * The sample file of one shard: a line per exchange up to a limit, beyond it per every so many (`SampleShare`),
 * gzipped. Lines wait in memory and are handed to
 * zlib's thread once a second; a flush then makes them readable even if the process is killed.
 */
export class SampleFile {
  readonly #gzip: Gzip
  readonly #file: WriteStream
  readonly #share: SampleShare
  #startedAt: Millis = 0
  #lines: string[] = []
  #failure: Error | undefined
  #leftOut = 0

  /** @param limit see `SampleShare`. */
  constructor(folder: string, shard: number, limit: number) {
    this.#share = new SampleShare(limit)
    this.#gzip = createGzip({ level: 1 })
    this.#file = createWriteStream(join(folder, samplesFile(shard)))
    this.#gzip.pipe(this.#file)
    const failed = (error: Error) => {
      this.#failure ??= error
      // What it holds leads nowhere any more.
      this.#gzip.destroy()
    }
    this.#gzip.on('error', failed)
    this.#file.on('error', failed)
  }

  /** Times in the file count from here. */
  begin(startedAt: Millis): void {
    this.#startedAt = startedAt
  }

  /** @returns whether it belongs to those that are written; `false` beyond the limit. */
  write(sample: ExchangeSample, tags: Tags): boolean {
    if (this.#failure !== undefined) return true
    if (!this.#share.takes(sample.id)) return false
    const line = sampleLine(sample, tags, this.#startedAt, this.#share.share)
    const fits = this.#share.spend(line.length)
    if (fits) this.#lines.push(line)
    return fits
  }

  /**
   * Hands what was written since the last call to the disk.
   * @returns what went wrong, once.
   */
  flush(): string | undefined {
    const lines = this.#lines
    this.#lines = []
    if (this.#failure !== undefined) return this.#reportOnce()
    if (lines.length === 0) return undefined
    if (this.#gzip.writableLength > BACKLOG_LIMIT) {
      this.#leftOut += lines.length
      return undefined
    }
    this.#gzip.write(`${lines.join('\n')}\n`)
    this.#gzip.flush(constants.Z_SYNC_FLUSH)
    return undefined
  }

  /** Writes the rest and closes. @returns what went wrong. */
  async close(): Promise<string | undefined> {
    const problem = this.flush()
    if (this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#file.once('close', resolve)
        this.#gzip.end()
      })
    }
    if (this.#leftOut > 0) return `the disk did not keep up; ${this.#leftOut} samples are missing`
    return problem ?? this.#reportOnce()
  }

  #reported = false
  #reportOnce(): string | undefined {
    if (this.#failure === undefined || this.#reported) return undefined
    this.#reported = true
    return this.#failure.message
  }
}

/**
 * One exchange as a line of JSON; times in ms from the start of the run, to the microsecond.
 * @param share of the exchanges of its time that are written; told where it is not all.
 */
function sampleLine(sample: ExchangeSample, tags: Tags, startedAt: Millis, share: number): string {
  const { stamps, connect, usage } = sample
  const since = (at: Millis | undefined) => (at === undefined ? undefined : round(at - startedAt))
  const line = {
    id: sample.id,
    outcome: sample.outcome,
    warmup: sample.warmup,
    tags,
    scheduledAt: since(stamps.scheduledAt),
    startedAt: since(stamps.startedAt),
    sentAt: since(stamps.sentAt),
    headersAt: since(stamps.headersAt),
    firstFrameAt: since(stamps.firstFrameAt),
    firstTokenAt: since(stamps.firstTokenAt),
    firstAnswerAt: since(stamps.firstAnswerAt),
    lastTokenAt: since(stamps.lastTokenAt),
    endedAt: since(stamps.endedAt),
    connecting: connect.connecting,
    tlsHandshaking: connect.tlsHandshaking,
    chunks: sample.chunks,
    coalesced: sample.coalesced,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    reasoningTokens: usage.reasoningTokens,
    cachedTokens: usage.cachedTokens,
    status: sample.status,
    finishReason: sample.finishReason,
    error: sample.failure,
    bytesSent: sample.bytesSent,
    bytesReceived: sample.bytesReceived,
    share: share === 1 ? undefined : share,
    gaps: sample.keepGaps ? sample.gaps.map(round) : undefined,
  }
  // Named one by one: spread, they cost several times as much.
  line satisfies Record<keyof Stamps | keyof ConnectTimes | keyof Usage, unknown>
  return JSON.stringify(line)
}

function round(value: Millis): number {
  return Math.round(value * 1_000) / 1_000
}

import type net from 'node:net'
import { now, type Millis } from '../model/clock.ts'
import { TurnStamp, type ReadStamp } from './read-stamp.ts'
import { SliceQueue } from './slice-queue.ts'

/** What libuv asks of a socket at a time. */
const READ_BYTES = 65_536
/** Every read of a thread goes through this one, and is copied: else each would have 64 kB to itself at first. */
const BUFFER = Buffer.allocUnsafeSlow(READ_BYTES)
/** Its beginnings by their length: most reads are short, and of few lengths. */
const BEGINNINGS: Uint8Array[] = []
const LONGEST_KEPT = 1_024
/** Sockets with reads that wait; with more than these memory is kept bounded, and stamps come late. */
const MOST_WAITING = 2_048
const QUEUE = new SliceQueue<SocketReads>((reads) => reads.deliver(), MOST_WAITING)
/** Reads of one socket that may wait; a server that sends faster than that has the next taken apart at once. */
const MOST_READS = 64

interface Read {
  readonly chunk: Buffer
  readonly at: Millis
}

/**
 * The reads of one socket, each stamped when it is made and handed on when the other sockets have been read.
 * It stands where the stream has its buffer: who reads the socket goes on to do so by `'readable'` and `read()`.
 */
export class SocketReads implements ReadStamp {
  /** Of what was handed on last. */
  readAt: Millis = 0
  /** For `net.connect`: what is read goes here, not into the stream. */
  readonly onread: net.OnReadOpts = {
    buffer: BUFFER,
    callback: (length) => {
      this.#take(copyOf(length), now())
      return true
    },
  }
  /** Of a TLS socket, which gives the records of one read one by one. */
  readonly #stamp = new TurnStamp()
  #reads: Read[] = []
  #queued = false
  #endedAt: Millis | undefined
  #emit: () => void = () => undefined
  #end: () => void = () => undefined

  /** Puts itself between the socket and its reader. A socket not made with `onread` gives its reads by `push`. */
  attach(socket: net.Socket): void {
    const read = socket.read.bind(socket)
    const push = socket.push.bind(socket)
    const destroy = socket.destroy.bind(socket)
    this.#emit = () => {
      if (!socket.destroyed) socket.emit('readable')
    }
    this.#end = () => {
      push(null)
      read(0)
    }
    socket.read = (size?: number): unknown => {
      const chunk = size === 0 ? undefined : this.#next()
      if (chunk !== undefined) return chunk
      // The stream has something only where a reader gave it back; `read(0)` is how it starts and ends.
      return size !== 0 && socket.readableLength === 0 ? null : (read(size) as unknown)
    }
    socket.push = (chunk: Buffer | null): boolean => {
      if (chunk === null) this.#noteEnd()
      else this.#take(chunk, this.#stamp.readAt)
      return true
    }
    socket.destroy = (error?: Error): net.Socket => {
      // The system's: what it gave before still counts.
      if (error !== undefined && 'syscall' in error) this.deliver()
      return destroy(error)
    }
  }

  #take(chunk: Buffer, at: Millis): void {
    this.#reads.push({ chunk, at })
    if (this.#reads.length > MOST_READS) this.deliver()
    else if (!this.#queued) {
      this.#queued = true
      QUEUE.add(this)
    }
  }

  #noteEnd(): void {
    this.#endedAt = now()
    if (this.#reads.length === 0) this.#finish(this.#endedAt)
  }

  #finish(at: Millis): void {
    this.readAt = at
    this.#endedAt = undefined
    this.#end()
  }

  deliver(): void {
    this.#queued = false
    if (this.#reads.length > 0) this.#emit()
    if (this.#reads.length === 0 && this.#endedAt !== undefined) this.#finish(this.#endedAt)
  }

  #next(): Buffer | undefined {
    const read = this.#reads.shift()
    if (read === undefined) return undefined
    this.readAt = read.at
    return read.chunk
  }
}

/** What was read last. Memory comes from Node's pool, as that of every short buffer does. */
function copyOf(length: number): Buffer {
  const copy = Buffer.allocUnsafe(length)
  copy.set(
    length > LONGEST_KEPT ? BUFFER.subarray(0, length) : (BEGINNINGS[length] ??= BUFFER.subarray(0, length)),
  )
  return copy
}

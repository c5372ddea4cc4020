import type net from 'node:net'
import { now, type Millis } from '../model/clock.ts'
import { takeChunks, wholeChunk } from './chunked.ts'
import { copyOfRead, READ_BUFFER } from './read-buffer.ts'
import { TurnStamp, type ReadStamp } from './read-stamp.ts'
import { SliceQueue } from './slice-queue.ts'
import { WaitingReads } from './waiting-reads.ts'

/** Sockets with reads that wait; with more than these memory is kept bounded, and stamps come late. */
const MOST_WAITING = 2_048
const QUEUE = new SliceQueue<SocketReads>((reads) => reads.deliver(), { most: MOST_WAITING })
/** Reads of one socket that may wait; a server that sends faster than that has the next taken apart at once. */
const MOST_READS = 64
/** What a head that came in one read begins and ends with. */
const [HEAD_BEGINS, HEAD_ENDS] = ['HTTP/1.', '\r\n\r\n']
const H = HEAD_BEGINS.charCodeAt(0)

/**
 * The reads of one socket, each stamped when it is made and handed on when the other sockets have been read.
 * It stands where the stream has its buffer: who reads the socket goes on to do so by `'readable'` and `read()`.
 * Only the data of an answer in whole chunks can go past that reader.
 */
export class SocketReads implements ReadStamp {
  /** Of what was handed on last. */
  readAt: Millis = 0
  /** For `net.connect`: what is read goes here, not into the stream. */
  readonly onread: net.OnReadOpts = {
    buffer: READ_BUFFER,
    callback: (length) => {
      this.#takeBuffer(length, now())
      return true
    },
  }
  /** Of a TLS socket, which gives the records of one read one by one. */
  readonly #stamp = new TurnStamp()
  readonly #reads = new WaitingReads()
  /** Given to the reader last, if it looks like a head. */
  #head: Buffer | undefined
  /** Of an answer in chunks, as long as they come whole: between two chunks a parser is where it was before them. */
  #chunks: ((data: Buffer) => void) | undefined
  #closed: () => boolean = () => false
  #queued = false
  #endedAt: Millis | undefined
  #emit: () => void = () => undefined
  #end: () => void = () => undefined

  /** Puts itself between the socket and its reader. A socket not made with `onread` gives its reads by `push`. */
  attach(socket: net.Socket): void {
    const read = socket.read.bind(socket)
    const push = socket.push.bind(socket)
    const destroy = socket.destroy.bind(socket)
    this.#closed = () => socket.destroyed
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

  /** Those that come with the head must be whole too: a parser that waits for more of one must be given it. */
  passChunks(take: (data: Buffer) => void): void {
    const head = this.#head
    this.#head = undefined
    if (head?.toString('latin1', 0, HEAD_BEGINS.length) !== HEAD_BEGINS) return
    const ends = head.indexOf(HEAD_ENDS, 0, 'latin1')
    const whole = takeChunks(head, ends + HEAD_ENDS.length, () => undefined) === head.length
    if (ends > 0 && whole) this.#chunks = take
  }

  /** Of a chunk on its own, as nearly every token is, only the data are copied. */
  #takeBuffer(length: number, at: Millis): void {
    const alone = this.#chunks !== undefined && this.#reads.first === undefined
    const data = alone ? wholeChunk(READ_BUFFER, 0, length) : undefined
    if (data === undefined || data.to + 2 !== length) {
      this.#take(copyOfRead(0, length), at)
      return
    }
    this.#reads.addData(copyOfRead(data.from, data.to), at)
    this.#wait()
  }

  #take(chunk: Buffer, at: Millis): void {
    this.#reads.add(chunk, at)
    if (this.#reads.size > MOST_READS) this.deliver()
    else this.#wait()
  }

  #wait(): void {
    if (this.#queued) return
    this.#queued = true
    QUEUE.add(this)
  }

  #noteEnd(): void {
    this.#endedAt = now()
    if (this.#reads.size === 0) this.#finish(this.#endedAt)
  }

  #finish(at: Millis): void {
    this.readAt = at
    this.#endedAt = undefined
    this.#end()
  }

  deliver(): void {
    this.#queued = false
    this.#pass()
    if (this.#reads.size > 0) this.#emit()
    if (this.#reads.size === 0 && this.#endedAt !== undefined) this.#finish(this.#endedAt)
  }

  #next(): Buffer | undefined {
    this.#pass()
    const { first, firstAt } = this.#reads
    // Past a closed socket nothing is handed on, and data are nothing to a parser.
    if (first === undefined || this.#chunks !== undefined) return undefined
    this.#reads.shift()
    this.readAt = firstAt
    this.#head = first[0] === H ? first : undefined
    return first
  }

  /** Up to the first read that has something but whole chunks, which with all behind it is the reader's. */
  #pass(): void {
    while (this.#chunks !== undefined && !this.#closed()) {
      const { first, firstAt, firstIsData } = this.#reads
      if (first === undefined) return
      this.#reads.shift()
      this.readAt = firstAt
      if (firstIsData) {
        this.#chunks(first)
        continue
      }
      const left = takeChunks(first, 0, this.#chunks)
      if (left === first.length) continue
      this.#chunks = undefined
      this.#reads.putBack(first.subarray(left), firstAt)
    }
  }
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createParser } from 'eventsource-parser'
import { framerFor, type Call, type Frame, type Part, type ProviderPlugin } from 'loadbench/plugin'
import { STREAM } from './feed.ts'

/** The answers of the chat and completions routes, whoever sent them. */
export const CALLS_ROUTES = /"object": ?"(chat\.completion\.chunk|text_completion)"/
/** Those of the Responses route. */
export const RESPONSES_ROUTE = /"type": ?"response\.created"/

export interface RecordedFile {
  readonly name: string
  readonly file: string
}

const ALL = process.env['LOADBENCH_RECORDINGS'] ?? join(import.meta.dirname, '../../../../../shared/recordings')

/** Those beside this file whose text matches: what a route answers. */
export function fixturesWith(pattern: RegExp): RecordedFile[] {
  return filesOf(import.meta.dirname, pattern)
}

/** Those of the complete set; `undefined` where it is not on this machine. */
export function recordingsWith(pattern: RegExp, folders: readonly string[]): RecordedFile[] | undefined {
  if (existsSync(ALL)) return folders.flatMap((folder) => filesOf(join(ALL, folder), pattern))
  console.warn(`SKIPPED: no complete set of recordings at ${ALL}; LOADBENCH_RECORDINGS may name its place`)
  return undefined
}

function filesOf(folder: string, pattern: RegExp): RecordedFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sse') || name.endsWith('.chunks.txt'))
    .map((name) => ({ name, file: join(folder, name) }))
    .filter(({ file }) => pattern.test(readFileSync(file, 'utf8')))
}

/** The body as it was on the wire. JSON lines were unpacked by those who recorded them: they are packed again. */
export function bodyOf(file: string): Buffer {
  const bytes = readFileSync(file)
  if (file.endsWith('.sse')) return bytes
  const lines = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return Buffer.from(lines.map((line) => `data: ${line}\n\n`).join(''))
}

/** Its frames, cut by a parser that is not ours. */
export function framesOf(file: string): Frame[] {
  const frames: Frame[] = []
  createParser({ onEvent: (event) => frames.push(event) }).feed(bodyOf(file).toString('utf8'))
  return frames
}

/** An answer read byte by byte. */
export interface ByteByByte {
  readonly parts: readonly Part[]
  /** After how many bytes it counts as ended; `undefined`: never. */
  readonly endsAfter: number | undefined
}

export function readByteByByte(plugin: ProviderPlugin, call: Call, body: Buffer): ByteByByte {
  const decode = plugin.decoder(STREAM, call)
  const parts: Part[] = []
  let endsAfter: number | undefined
  let read = 0
  const note = (fresh: readonly Part[]) => {
    parts.push(...fresh)
    if (fresh.some(({ type }) => type === 'finish')) endsAfter ??= read
  }
  const framer = framerFor(plugin.framing(STREAM), {
    emit: (frame) => note(decode(frame)),
    fault: (message) => {
      throw new Error(message)
    },
  })
  while (read < body.length) framer.push(body.subarray(read, (read += 1)))
  framer.end()
  return { parts, endsAfter }
}

/** Just behind a frame: the lines of `data` and the empty one, however their ends are written. */
export function endOfFrame(body: Buffer, data: string): readonly [number, number] {
  const start = body.indexOf(data)
  if (start < 0) throw new Error('the frame is not in the body')
  const end = start + Buffer.byteLength(data)
  return [end + 2, end + 4]
}

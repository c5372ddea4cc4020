import { writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { formatDuration } from '../model/duration.ts'
import type { Millis } from '../model/clock.ts'
import type { Summary } from '../model/summary.ts'
import { stackOf, type LoadedScript } from '../script/load.ts'
import { makeFolder } from '../store/make-folder.ts'
import { within } from './limited.ts'

/** What a script's handleSummary() asked for, done. */
export interface HandledSummary {
  /** Takes the place of loadbench's own text. */
  readonly stdout: string
  readonly stderr: string
  readonly problems: readonly string[]
}

/**
 * Calls the script's `handleSummary(summary)` and writes the files it names.
 * @returns `undefined` when the script has none, or it failed: the usual text is then printed (k6).
 */
export async function handleSummary(
  script: LoadedScript,
  summary: Summary,
  limit: Millis,
  report: (problem: string) => void,
): Promise<HandledSummary | undefined> {
  const { handleSummary: handle } = script
  if (handle === undefined) return undefined
  try {
    const late = () => new Error(`it took longer than ${formatDuration(limit)}`)
    const parts = await within(limit, (async () => handle(summary))(), late)
    if (parts === undefined || parts === null) return { stdout: '', stderr: '', problems: [] }
    if (typeof parts !== 'object')
      throw new TypeError(`it gave a ${typeof parts}, no object of texts by file name`)
    return await deliver(Object.entries(parts))
  } catch (error) {
    report(`handleSummary() failed, the usual summary follows: ${stackOf(error)}`)
    return undefined
  }
}

async function deliver(parts: readonly (readonly [string, unknown])[]): Promise<HandledSummary> {
  const problems: string[] = []
  const text: Record<string, string> = { stdout: '', stderr: '' }
  for (const [name, content] of parts) {
    if (
      typeof content !== 'string' &&
      !(content instanceof Uint8Array) &&
      !(content instanceof ArrayBuffer)
    ) {
      problems.push(`handleSummary() gave neither text nor bytes for ${name}`)
    } else if (name in text) {
      text[name] = typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('utf8')
    } else {
      // oxlint-disable-next-line no-await-in-loop -- files in the order the script named them
      const problem = await write(
        name,
        typeof content === 'string' ? content : Buffer.from(content as Uint8Array),
      )
      if (problem !== undefined) problems.push(problem)
    }
  }
  return { stdout: text['stdout'] ?? '', stderr: text['stderr'] ?? '', problems }
}

async function write(name: string, content: string | Uint8Array): Promise<string | undefined> {
  try {
    await makeFolder(dirname(resolve(name)))
    await writeFile(name, content)
    return undefined
  } catch (error) {
    return `handleSummary() could not write ${name}: ${error instanceof Error ? error.message : String(error)}`
  }
}

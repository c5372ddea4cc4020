import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { LoadbenchError } from '../model/errors.ts'
import { readJson } from './json-text.ts'

/**
 * Reads a config file, JSON or YAML by its extension.
 * @returns what it holds; whether these are options is for `resolvePlan` to say.
 * @throws LoadbenchError `LB_CONFIG_UNREADABLE`, with line and column where the text is broken.
 */
export async function readConfig(path: string): Promise<unknown> {
  const extension = extname(path).toLowerCase()
  if (extension === '.json') return parseJson(path, await readText(path))
  if (extension === '.yaml' || extension === '.yml') return await parseYaml(path, await readText(path))
  throw unreadable(
    `${path} is no config file loadbench knows.`,
    'A config file ends in .json, .yaml or .yml.',
  )
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : message
    throw unreadable(`${path} cannot be read: ${reason}.`, 'Check the path given with --config.', error)
  }
}

function parseJson(path: string, text: string): unknown {
  const reading = readJson(text)
  if ('value' in reading) return reading.value
  const lines = text.slice(0, reading.offset).split('\n')
  throw broken(path, reading.problem, { line: lines.length, col: (lines.at(-1)?.length ?? 0) + 1 })
}

async function parseYaml(path: string, text: string): Promise<unknown> {
  // Loaded by those who have such a file.
  const { LineCounter, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  // `merge`: a scenario may build on another one with `<<: *other`.
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true })
  const [error] = document.errors
  if (error) throw broken(path, error.message, lineCounter.linePos(error.pos[0]))
  try {
    return document.toJS() as unknown
  } catch (cause) {
    // An alias that leads nowhere.
    throw unreadable(`${path} cannot be read: ${(cause as Error).message}.`, 'Correct the alias.', cause)
  }
}

function broken(
  path: string,
  problem: string,
  { line, col }: { readonly line: number; readonly col: number },
) {
  return unreadable(`${path}:${line}:${col}: ${problem}`, `Correct line ${line}, column ${col} of the file.`)
}

function unreadable(message: string, hint: string, cause?: unknown): LoadbenchError {
  return new LoadbenchError(
    'LB_CONFIG_UNREADABLE',
    message,
    hint,
    cause === undefined ? undefined : { cause },
  )
}

import { statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { LoadbenchError } from '../model/errors.ts'
import { oneLine } from '../outputs/console/one-line.ts'
import { tableText } from '../outputs/console/table.ts'
import { nearest } from '../plan/nearest.ts'
import { entriesOf, findScripts, isScriptName, SCRIPT_FOLDERS, type FoundScript } from './scripts.ts'

/** Characters of a line on a terminal. */
const WIDTH = 78

/**
 * The script a command was given.
 * @param command as it is written: `run`.
 * @throws LB_USAGE without one, listing those there are, and for a file of another kind; LB_SCRIPT_NOT_FOUND, naming the one that was
 * probably meant.
 */
export function requireScript(command: string, script: string | undefined): string {
  if (script === undefined || script === '') {
    throw listing(command, `loadbench ${command} needs a script`, findScripts())
  }
  const kind = kindOf(script)
  if (kind === 'file') return requireScriptEnding(command, script)
  if (kind === 'folder') throw listing(command, `${script} is a folder`, findScripts([script]))
  const meant = meantBy(script)
  throw new LoadbenchError(
    'LB_SCRIPT_NOT_FOUND',
    `there is no script at ${script}${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    'Check the path; it is taken from the current folder.',
  )
}

/** @throws LB_USAGE for a file that cannot be one by its name. */
function requireScriptEnding(command: string, script: string): string {
  const ending = extname(script)
  if (/^\.[mc]?[jt]sx?$/.test(ending)) return script
  throw new LoadbenchError(
    'LB_USAGE',
    `${script} is no script: its name ends in neither .ts nor .js`,
    `See the scripts here by: loadbench ${command}. A file of options goes beside one: --config FILE.`,
  )
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return undefined
  return found.isDirectory() ? 'folder' : 'file'
}

/** Says that a script is missing, and which there are. */
function listing(command: string, problem: string, scripts: readonly FoundScript[]): LoadbenchError {
  const [first] = scripts
  if (first === undefined) {
    return new LoadbenchError(
      'LB_USAGE',
      `${problem}, and there is none to be found here`,
      'Write a first one with loadbench new, or name one by its path.',
    )
  }
  const widest = Math.max(...scripts.map(({ path }) => path.length))
  const room = Math.max(20, WIDTH - widest - 4)
  const lines = tableText(
    scripts.map(({ path, about }) => [path, oneLine(about, room)]),
    2,
  )
  const flags = command === 'run' ? ' --simulate' : ''
  return new LoadbenchError(
    'LB_USAGE',
    [
      `${problem}. There ${scripts.length === 1 ? 'is' : 'are'}:`,
      '',
      ...lines.map((line) => `  ${line}`),
    ].join('\n'),
    `Name one: loadbench ${command} ${first.path}${flags}`,
  )
}

/** The script with this name in another folder or with another ending, else the one that is spelt nearly so. */
function meantBy(script: string): string | undefined {
  const own = entriesOf(dirname(script)).filter((entry) => entry.isFile() && isScriptName(entry.name))
  const paths = new Set([
    ...own.map(({ name }) => join(dirname(script), name)),
    ...SCRIPT_FOLDERS.flatMap((folder) => findScripts([folder])).map(({ path }) => path),
  ])
  const known = [...paths]
  const name = stem(script)
  const same = known.find((path) => stem(path) === name)
  if (same !== undefined) return same
  const near = nearest(script, known)
  if (near !== undefined) return near
  const nearName = nearest(name, known.map(stem))
  return known.find((path) => stem(path) === nearName)
}

function stem(path: string): string {
  return basename(path, extname(path))
}

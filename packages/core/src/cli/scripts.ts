import { readdirSync, readFileSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

/** A script found in a folder. */
export interface FoundScript {
  /** From the current folder, as a person would write it. */
  readonly path: string
  /** The first sentence of its first comment; `''` where it has none. */
  readonly about: string
}

/** Where scripts are looked for without being asked for. */
export const SCRIPT_FOLDERS: readonly string[] = ['.', 'scenarios']

/** Bytes that are read of a file: its head comment, imports and options. */
const LONGEST_HEAD = 64 * 1024

/** Whether a file may be one that `loadbench run` takes, by its name. */
export function isScriptName(name: string): boolean {
  return /\.[mc]?[jt]sx?$/.test(name) && !/\.(?:d|test|spec|config)\.[mc]?[jt]sx?$/.test(name)
}

/**
 * The scripts in some folders, by a glance at their text: they have something to run, and speak of
 * loadbench. Nothing is loaded; folders and files that cannot be read are passed over.
 */
export function findScripts(folders: readonly string[] = SCRIPT_FOLDERS): readonly FoundScript[] {
  return folders.flatMap((folder) =>
    entriesOf(folder)
      .filter((entry) => !entry.isDirectory() && isScriptName(entry.name))
      .map(({ name }) => join(folder, name))
      .toSorted()
      .flatMap((path) => {
        const text = headOf(path)
        return isScript(text) ? [{ path, about: aboutOf(text) }] : []
      }),
  )
}

/** The entries of a folder; none where it cannot be read. */
export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

function headOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(0, LONGEST_HEAD)
  } catch {
    return ''
  }
}

function isScript(text: string): boolean {
  const imports = /\bfrom\s+['"](?:loadbench|@loadbench\/[\w-]+)['"]/.test(text)
  const options = /^export\s+const\s+options\b/m.test(text)
  return options || (imports && /^export\s+default\b/m.test(text))
}

/** The first sentence of the comment at the top, whatever its form. */
function aboutOf(text: string): string {
  const [, block, lines = ''] =
    /^(?:#!.*\n)?\s*(?:\/\*+([^]*?)\*\/|((?:[ \t]*\/\/.*(?:\n|$))+))/.exec(text) ?? []
  const told = (block ?? lines)
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\/\/+|\*+)?\s*/, '').trim())
    // Some begin with their own name, or that of the file they were copied from, or with a directive.
    .filter((line) => !(isScriptName(line) && !line.includes(' ')) && !line.startsWith('@ts-'))
  const first = told.findIndex((line) => line !== '')
  if (first === -1) return ''
  const end = told.indexOf('', first)
  const paragraph = told.slice(first, end === -1 ? undefined : end).join(' ')
  return /^.*?[.?!](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph
}

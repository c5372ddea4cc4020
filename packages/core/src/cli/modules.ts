import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What a module exports, by name. */
export type Exports = Readonly<Record<string, unknown>>

/** Whether a user means a file by it, and not a package. */
export function isFile(name: string): boolean {
  return /^[./]|^[a-zA-Z]:[\\/]/.test(name) || existsSync(name)
}

/** The file of a package: first as a script in the working directory would find it, then as loadbench itself would. */
export function locate(name: string): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    const { resolve: find } = createRequire(from)
    try {
      return find(name)
    } catch {
      // Not to be found from here, or only by `import`.
    }
    const folder = (find.paths(name) ?? []).map((path) => join(path, name)).find((path) => existsSync(path))
    const entry = folder === undefined ? undefined : importedEntry(folder)
    if (folder !== undefined && entry !== undefined) return join(folder, entry)
  }
  return undefined
}

/** What `import` would take of a package that `require` cannot take. */
function importedEntry(folder: string): string | undefined {
  try {
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Exports
    return entryOf(exports)
  } catch {
    return undefined
  }
}

function entryOf(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports
  if (typeof exports !== 'object' || exports === null) return undefined
  const [, chosen] =
    Object.entries(exports).find(([key]) => ['.', 'import', 'node', 'default'].includes(key)) ?? []
  return entryOf(chosen)
}

/** Imports a file as it is. */
export async function importFile(file: string): Promise<Exports> {
  return (await import(pathToFileURL(file).href)) as Exports
}

/**
 * Imports a file as a script is read: in TypeScript, and built on the running copy of loadbench.
 * @throws also what a script can be wrong with.
 */
export async function importBundled(path: string): Promise<Exports> {
  const { bundleScript } = await import('../script/bundle.ts')
  const bundle = await bundleScript(path)
  // Its stack traces are to show lines of the .ts files.
  process.setSourceMapsEnabled(true)
  try {
    return await importFile(bundle.file)
  } finally {
    await bundle.remove()
  }
}

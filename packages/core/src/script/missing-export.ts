import { fileURLToPath } from 'node:url'

/** A name that a script imports from loadbench, and that loadbench does not have. */
export interface MissingExport {
  readonly name: string
  /** The names that are there; types are none of them. */
  readonly exports: readonly string[]
}

/** Node's words for it. */
const MESSAGE = /^The requested module '(file:[^']+)' does not provide an export named '([^']+)'/

/** @returns `undefined` for any other error of a script that was loaded. */
export async function missingExport(error: unknown): Promise<MissingExport | undefined> {
  const cause = error instanceof Error ? error.cause : undefined
  const [, url, name] = MESSAGE.exec(cause instanceof SyntaxError ? cause.message : '') ?? []
  if (url === undefined || name === undefined || !isOwn(url)) return undefined
  const module = (await import(url)) as Readonly<Record<string, unknown>>
  return { name, exports: Object.keys(module) }
}

/** Whether a module is one of the running loadbench's entries. */
function isOwn(url: string): boolean {
  const [file, own] = [fileURLToPath(url), fileURLToPath(new URL('..', import.meta.url))]
  return file.startsWith(own)
}

import { fileURLToPath, pathToFileURL } from 'node:url'
import { LoadbenchError } from '../model/errors.ts'
import type { Summary } from '../model/summary.ts'
import { withinLimit } from './top-level.ts'

/** What a script exports, found by name. */
export interface LoadedScript {
  /** `export const options`, unread. */
  readonly options: unknown
  /** Every exported function by name, `default` among them. */
  readonly functions: ReadonlyMap<string, (data: unknown) => unknown>
  readonly setup: (() => unknown) | undefined
  readonly teardown: ((data: unknown) => unknown) | undefined
  readonly handleSummary: ((summary: Summary) => unknown) | undefined
}

type Exports = Record<string, unknown>

/** Of a CommonJS module, which has one export, what stands in it: in an object, or in properties of a function. */
function ownExports(module: Exports): Exports {
  const { default: only } = module
  if (only === null || Object.keys(module).length !== 1) return module
  if (typeof only === 'function') return { ...Object.fromEntries(Object.entries(only)), default: only }
  return typeof only === 'object' ? (only as Exports) : module
}

/** Exports that have a meaning of their own and cannot be a scenario's `exec`. */
const RESERVED = new Set(['options', 'setup', 'teardown', 'handleSummary'])

/**
 * Imports a bundled script into this thread and runs its top level.
 * @throws LB_SCRIPT_FAILED when that throws, with the stack on the script's own lines.
 */
export async function loadScript(bundle: string): Promise<LoadedScript> {
  // From here on: maps of modules loaded before would cost start-up time and tell a user nothing.
  process.setSourceMapsEnabled(true)
  let module: Exports
  try {
    module = ownExports((await withinLimit(import(pathToFileURL(bundle).href))) as Exports)
  } catch (error) {
    throw LoadbenchError.is(error) ? error : scriptFailed('while it was being loaded', error)
  }
  const functions = new Map<string, (data: unknown) => unknown>()
  for (const [name, value] of Object.entries(module)) {
    if (typeof value === 'function' && !RESERVED.has(name))
      functions.set(name, (data) => value(data) as unknown)
  }
  return {
    options: module['options'],
    functions,
    setup: functionNamed(module, 'setup'),
    teardown: functionNamed(module, 'teardown'),
    handleSummary: functionNamed(module, 'handleSummary'),
  }
}

/** @throws LB_SCRIPT_FAILED for an export of that name that is no function. */
function functionNamed(module: Exports, name: string): ((...args: unknown[]) => unknown) | undefined {
  const value = module[name]
  if (value === undefined) return undefined
  if (typeof value === 'function') return (...args) => value(...args) as unknown
  throw new LoadbenchError(
    'LB_SCRIPT_FAILED',
    `the script exports a ${typeof value} by the name ${name}, which has to be a function`,
    'Export a function, or give it another name.',
  )
}

/** @param when `while it was being loaded`, `in setup()` … */
export function scriptFailed(when: string, error: unknown): LoadbenchError {
  return new LoadbenchError(
    'LB_SCRIPT_FAILED',
    `the script threw ${when}\n\n${stackOf(error)}`,
    'Correct the script; the first line of it in the stack above is the place.',
    { cause: error },
  )
}

/** The message of an error, and the lines of the script that led to it. */
export function messageWithPlace(error: Error): string {
  const [, ...lines] = stackOf(error).split('\n    at ')
  return [error.message, ...lines].join('\n    at ')
}

/** Where loadbench and the packages beside it lie: `node_modules`, or the packages of the workspace. */
const OWN = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * An error as a person wants to see it: message and the lines of the script, without those of loadbench and Node. Never
 * throws: a script may throw what cannot become text.
 */
export function stackOf(error: unknown): string {
  try {
    return error instanceof Error ? ownStack(error) : String(error)
  } catch {
    return `a thrown ${typeof error} that cannot become text`
  }
}

function ownStack(error: Error): string {
  const text: unknown = error.stack
  const [head = '', ...lines] = (typeof text === 'string' ? text : String(error)).split('\n    at ')
  const own = lines.filter((line) => !/node:|node_modules/.test(line) && !line.includes(OWN))
  // JavaScript's own functions say something only above a line of the script.
  while (own.at(-1)?.endsWith('(<anonymous>)') === true) own.pop()
  // A place at the top of a module needs no name.
  const places = own.map((line) => line.replace(/^<anonymous> \((.*)\)$/, '$1'))
  const stack = [head, ...places].join('\n    at ')
  // `fetch failed` alone tells nobody why.
  return error.cause instanceof Error ? `${stack}\n  caused by: ${error.cause.message}` : stack
}

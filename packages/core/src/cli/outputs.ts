import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { LoadbenchError } from '../model/errors.ts'
import { BUILT_IN_OUTPUTS } from '../outputs/built-in.ts'
import type { OutputContext, OutputPlugin } from '../outputs/output.ts'
import type { NamedOutput } from '../outputs/outputs.ts'
import { didYouMean } from '../plan/nearest.ts'
import { stackOf } from '../script/load.ts'
import { importBundled, importFile, isFile, locate, type Exports } from './modules.ts'

const NAMES = [...BUILT_IN_OUTPUTS.keys()]

/**
 * Makes the output that `--out NAME=ARGUMENT` asks for: one of loadbench's own, or that of a module,
 * which is a file or a package.
 * @throws LB_OUTPUT_INVALID, LB_PLUGIN_NOT_FOUND, LB_PLUGIN_INCOMPATIBLE; for a file also what a script
 * can be wrong with.
 */
export async function readOutput(text: string, context: OutputContext): Promise<NamedOutput> {
  const at = existsSync(text) ? -1 : text.indexOf('=')
  const name = at === -1 ? text : text.slice(0, at)
  const argument = at === -1 ? undefined : text.slice(at + 1)
  const make = BUILT_IN_OUTPUTS.get(name)
  if (make === undefined) return fromModule(name, argument, context)
  if (argument !== undefined && argument !== '') return { name: text, output: make(argument, context) }
  throw new LoadbenchError(
    'LB_OUTPUT_INVALID',
    `the output "${name}" needs a file`,
    `Write --out ${name}=FILE.`,
  )
}

/**
 * Two outputs in one file would spoil each other. Devices are no files: each may have them.
 * @throws LB_OUTPUT_INVALID
 */
export function refuseSharedFiles(asked: readonly string[]): void {
  const taken = new Map<string, string>()
  for (const text of asked) {
    const file = text.slice(text.indexOf('=') + 1)
    const path = resolve(file)
    const other = taken.get(path)
    if (other !== undefined && text.includes('=') && !path.startsWith('/dev/')) {
      throw new LoadbenchError(
        'LB_OUTPUT_INVALID',
        `--out ${other} and --out ${text} write to the same file`,
        'Give each a file of its own.',
      )
    }
    taken.set(path, text)
  }
}

async function fromModule(
  name: string,
  argument: string | undefined,
  context: OutputContext,
): Promise<NamedOutput> {
  const plugin = pluginOf(name, await load(name))
  try {
    return { name: plugin.name, output: await plugin.create(argument, context) }
  } catch (error) {
    throw broken(name, 'cannot be made', error)
  }
}

async function load(name: string): Promise<Exports> {
  const file = isFile(name) ? undefined : locate(name)
  if (file === undefined && !existsSync(name)) throw unknown(name)
  try {
    return await (file === undefined ? importBundled(name) : importFile(file))
  } catch (error) {
    throw broken(name, 'cannot be loaded', error)
  }
}

function unknown(name: string): LoadbenchError {
  const what = isFile(name)
    ? `there is no file ${name}`
    : `there is no output "${name}"${didYouMean(name, NAMES)}`
  return new LoadbenchError(
    'LB_OUTPUT_INVALID',
    what,
    `Write --out ${NAMES.join('|')}=FILE, or name an output of your own: a file such as ./my-output.ts, or a package.`,
  )
}

function broken(name: string, how: string, error: unknown): unknown {
  if (LoadbenchError.is(error)) return error
  return new LoadbenchError(
    'LB_OUTPUT_INVALID',
    `the output ${name} ${how}\n\n${stackOf(error)}`,
    'Correct it, or leave it out.',
    { cause: error },
  )
}

function pluginOf(name: string, exports: Exports): OutputPlugin {
  const found = exports['default'] ?? exports['output']
  if (
    typeof found !== 'object' ||
    found === null ||
    !('create' in found) ||
    typeof found.create !== 'function'
  ) {
    throw new LoadbenchError(
      'LB_PLUGIN_NOT_FOUND',
      `${name} exports no output`,
      'An output is a default export { apiVersion: 1, name, create }; see docs/write-an-output.md.',
    )
  }
  const plugin = found as OutputPlugin
  if (plugin.apiVersion === 1) return plugin
  throw new LoadbenchError(
    'LB_PLUGIN_INCOMPATIBLE',
    `${name} speaks version ${String(plugin.apiVersion)} of the output contract, loadbench speaks 1`,
    'Install a version of the output that fits this version of loadbench.',
  )
}

import { LoadbenchError } from '../model/errors.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import { importBundled, importFile, isFile, locate, type Exports } from './modules.ts'

/** Packages of providers that are looked for without being asked for. */
const PACKAGES = ['openai', 'tgi', 'ollama', 'bedrock'].map((name) => `@loadbench/plugin-${name}`)

/**
 * The providers there are: those of loadbench's own packages that are installed, in the project of the
 * working directory or beside loadbench, and those that were asked for.
 * @param asked packages, or files in TypeScript or JavaScript.
 * @throws LB_PLUGIN_NOT_FOUND, LB_PLUGIN_INCOMPATIBLE; for a file also what a script can be wrong with.
 */
export async function installedProviders(asked: readonly string[] = []): Promise<readonly ProviderPlugin[]> {
  const own = PACKAGES.filter((name) => !asked.includes(name)).map(async (name) => {
    const file = locate(name)
    const module = file === undefined ? {} : await importFile(file)
    return module['plugins'] === undefined ? [] : pluginsOf(name, module)
  })
  const further = asked.map(async (name) => pluginsOf(name, await load(name)))
  const plugins = (await Promise.all([...own, ...further])).flat()
  if (plugins.length > 0) return plugins
  throw new LoadbenchError(
    'LB_PLUGIN_NOT_FOUND',
    'no provider is installed here',
    `Install one in this folder: npm install --save-dev ${PACKAGES[0] ?? ''}.`,
  )
}

async function load(name: string): Promise<Exports> {
  if (isFile(name)) return importBundled(name)
  const file = locate(name)
  if (file !== undefined) return importFile(file)
  throw new LoadbenchError(
    'LB_PLUGIN_NOT_FOUND',
    `there is no package ${name} in this folder's project, nor beside loadbench`,
    'Install it, or name a file by its path, such as ./plugin.ts.',
  )
}

function pluginsOf(name: string, { plugins }: Exports): readonly ProviderPlugin[] {
  if (!Array.isArray(plugins) || plugins.length === 0) {
    throw new LoadbenchError(
      'LB_PLUGIN_NOT_FOUND',
      `${name} exports no list named \`plugins\``,
      'A package of a provider exports its plugins, made with default settings, by that name.',
    )
  }
  const found = plugins as readonly ProviderPlugin[]
  const strange = found.find(({ apiVersion }) => apiVersion !== 1)
  if (strange === undefined) return found
  throw new LoadbenchError(
    'LB_PLUGIN_INCOMPATIBLE',
    `${name} speaks version ${String(strange.apiVersion)} of the plugin contract, loadbench speaks 1`,
    'Install a version of the plugin that fits this version of loadbench.',
  )
}

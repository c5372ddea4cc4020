import { LoadbenchError } from '../model/errors.ts'
import type { Reporter } from '../model/summary.ts'

/**
 * The reporters every run uses. The package is loaded by a name the compiler does not follow: it is
 * built on `loadbench/report`, and so comes after this one.
 * @throws LB_PLUGIN_INCOMPATIBLE
 */
export async function reporters(): Promise<readonly Reporter[]> {
  const name: string = '@loadbench/reporter-html'
  const module = (await import(name)) as { readonly htmlReporter?: Reporter }
  const { htmlReporter } = module
  if (htmlReporter?.apiVersion === 1) return [htmlReporter]
  throw new LoadbenchError(
    'LB_PLUGIN_INCOMPATIBLE',
    `${name} speaks another version of the reporter contract`,
    'Install versions of loadbench and its reporters that belong together.',
  )
}

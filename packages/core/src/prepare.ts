import { availableParallelism } from 'node:os'
import { setTargets, type Targets } from './client/targets.ts'
import { LoadbenchError } from './model/errors.ts'
import { BUILT_IN_METRICS, type MetricDefinition } from './model/metric.ts'
import { didYouMean } from './plan/nearest.ts'
import { resolvePlan, type OptionTier, type Resolution } from './plan/index.ts'
import { bundleScript, type Bundle } from './script/bundle.ts'
import { loadScript, type LoadedScript } from './script/load.ts'
import { missingExport, type MissingExport } from './script/missing-export.ts'
import { scriptMetrics } from './script/metrics.ts'

/** A script on its way to a run: bundled, loaded into the main thread, its options resolved. */
export interface Prepared extends Resolution {
  readonly bundle: Bundle
  readonly script: LoadedScript
  readonly metrics: readonly MetricDefinition[]
}

/** Where the calls of a run go. */
interface Addressee {
  readonly targets: Targets
  readonly simulated?: boolean
}

/** Options from around the script, each labelled with where it came from. */
export interface Tiers {
  readonly below: readonly OptionTier[]
  readonly above: readonly OptionTier[]
}

/**
 * From a file to a plan. Nothing is sent yet; whatever is wrong with script or options is found here.
 * @throws LoadbenchError; the bundle is gone then.
 */
export async function prepare(file: string, tiers: Tiers, to: Addressee): Promise<Prepared> {
  const bundle = await bundleScript(file)
  try {
    setTargets(to.targets, to.simulated)
    const script = await loadScript(bundle.file)
    const metrics = [...BUILT_IN_METRICS, ...scriptMetrics()]
    const own: OptionTier = { source: 'script', label: 'script', options: script.options ?? {} }
    const resolved = resolvePlan([...tiers.below, own, ...tiers.above], {
      exports: [...script.functions.keys()],
      metrics,
      cores: availableParallelism(),
    })
    return { ...resolved, bundle, script, metrics }
  } catch (error) {
    await bundle.remove()
    const missing = await missingExport(error)
    throw missing === undefined ? error : notExported(missing)
  }
}

function notExported({ name, exports }: MissingExport): LoadbenchError {
  return new LoadbenchError(
    'LB_IMPORT_UNRESOLVED',
    `loadbench has no "${name}" to import${didYouMean(name, exports)}`,
    `There is: ${exports.join(', ')}. A type is imported by \`import type\`.`,
  )
}

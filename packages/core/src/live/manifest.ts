import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import type { MetricDefinition } from '../model/metric.ts'
import type { Plan } from '../model/plan.ts'
import type { Manifest } from '../model/summary.ts'
import { argumentsWithoutSecrets, planWithoutSecrets, withoutCredentials } from '../store/secrets.ts'

interface ManifestFacts {
  readonly id: string
  readonly script: string
  readonly startedAt: Date
  readonly plan: Plan
  /** Those the script made. */
  readonly metrics: readonly MetricDefinition[]
  readonly targets: Readonly<Record<string, string>>
  readonly version: string
  readonly argv: readonly string[]
}

/** The manifest of a run that begins: everything needed to understand it later, without its secrets. */
export function newManifest({
  id,
  script,
  startedAt,
  plan,
  metrics,
  targets,
  version,
  argv,
}: ManifestFacts): Manifest {
  return {
    schemaVersion: 1,
    id,
    script,
    state: 'running',
    startedAt: startedAt.toISOString(),
    plan: planWithoutSecrets(plan),
    metrics,
    targets: readableTargets(targets),
    versions: { loadbench: version, node: process.versions.node, undici: process.versions['undici'] ?? '' },
    host: {
      os: `${platform()} ${release()} ${arch()}`,
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
      memoryBytes: totalmem(),
    },
    argv: argumentsWithoutSecrets(argv),
  }
}

/** Addresses as they may be shown; `*` stands for every provider. */
export function readableTargets(targets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(targets).map(([name, url]) => [name, withoutCredentials(url)]))
}

import type { Probe } from 'loadbench/plugin'
import { regionInHost } from '../signing/region.ts'

const RUNTIME_HOST = /(^|\.)runtime(-fips)?\.sagemaker(-fips)?\./

/** How loadbench's own simulator names itself, in the header `server`. */
const SIMULATOR = /^loadbench-simulator \(sagemaker\)$/

/**
 * SageMaker's runtime answers nothing but invocations, and its control plane no GET: that something answers
 * under the name is all there is to learn. What serves behind an endpoint, its container knows. At another
 * address only the simulator says who it is.
 */
export const sagemakerProbe: Probe = {
  requests: (target) => [{ name: 'runtime', url: `${target.origin}/endpoints/-/-` }],
  identify: ({ runtime }, { hostname }) => {
    if (SIMULATOR.test(runtime?.headers['server'] ?? '')) return { server: 'simulator' }
    const region = regionInHost(hostname)
    if (region === undefined || !RUNTIME_HOST.test(hostname) || (runtime?.status ?? 0) === 0) return undefined
    return { server: 'sagemaker', configuration: { region } }
  },
}

import { isAmount, type JsonObject } from 'loadbench/plugin'
import { nameOf } from './models.ts'

/**
 * What to know of a loaded model that does not fit the GPU: none, or one sentence.
 * @param runner an entry of `/api/ps`; `size` is what it takes, `size_vram` how much of that is on the GPU.
 */
export function offloaded(runner: JsonObject): string[] {
  const { size, size_vram: onGpu } = runner
  if (!isAmount(size) || !isAmount(onGpu) || onGpu >= size) return []
  const share = Math.floor((onGpu / size) * 100)
  const name = nameOf(runner) ?? 'a model'
  return [
    `Only ${share}% of ${name} is on the GPU: the rest is computed by the CPU, and every token waits for it.`,
  ]
}

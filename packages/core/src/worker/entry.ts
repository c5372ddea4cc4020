import type { ShardTask } from './protocol.ts'

/**
 * All that piscina has a thread load: the rest follows by `import()`. Piscina itself would `require` it, and Node
 * ends the whole process where a thread is ended in the middle of that, as when the script turns out to be wrong.
 */
const loading = import('./shard.ts')
// Told to whoever has a shard for this thread.
loading.catch(() => undefined)

export default async function shard(task: ShardTask): Promise<void> {
  const { runShard } = await loading
  await runShard(task)
}

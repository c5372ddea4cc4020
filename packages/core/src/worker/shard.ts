import { setTargets, usedTargets } from '../client/targets.ts'
import { closeSharedConnections } from '../client/pools.ts'
import { prepareSigning } from '../client/prepare-signing.ts'
import { warmUp } from '../client/warm-up.ts'
import { LoadbenchError } from '../model/errors.ts'
import { adoptSharedRows } from '../script/shared-array.ts'
import { loadScript, stackOf } from '../script/load.ts'
import { FailureLog } from './failure-log.ts'
import { MainLink } from './main-link.ts'
import type { BrokenShard, ShardTask } from './protocol.ts'
import { captureConsole } from './script-console.ts'
import { ShardRun } from './shard-run.ts'

/**
 * A worker thread's one task: runs its shard from the first message to the last. Everything that can
 * go wrong with the script is told over the port; a rejection of this task means the worker is broken.
 */
export async function runShard(task: ShardTask): Promise<void> {
  const link = new MainLink(task.port)
  captureConsole(link)
  const failures = new FailureLog(link)
  process.on('unhandledRejection', (reason) => failures.note('rejection', '', reason))
  setTargets(task.targets, task.simulated)
  adoptSharedRows(task.sharedRows)
  try {
    const script = await loadScript(task.bundle)
    const run = new ShardRun(task, script, link, failures)
    await Promise.all([warmUp(), prepareSigning()])
    await run.carryOut()
  } catch (error) {
    link.post({ type: 'broken', error: brokenBy(error) })
  } finally {
    closeSharedConnections()
    link.post({ type: 'done', targets: usedTargets() })
    link.close()
  }
}

function brokenBy(error: unknown): BrokenShard {
  if (LoadbenchError.is(error)) return { code: error.code, message: error.message, hint: error.hint }
  return { code: 'LB_SCRIPT_FAILED', message: stackOf(error), hint: 'Correct the script.' }
}

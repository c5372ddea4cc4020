import { warmUpServers } from '../client/server-warm-up.ts'
import { boundProviders } from '../client/targets.ts'
import type { Manifest } from '../model/summary.ts'
import { serverText } from '../outputs/console/server.ts'
import { noteText } from '../outputs/console/summary/ending-lines.ts'
import type { RunWriter } from '../store/run-writer.ts'
import type { Collector } from './collector.ts'
import type { RunRequest } from './request.ts'
import { findServers } from './servers.ts'

/** What of a run these steps need. */
interface BeforeLoad {
  readonly request: Pick<RunRequest, 'screen' | 'paint' | 'probe' | 'providers'>
  readonly collector: Pick<Collector, 'warnings'>
  readonly writer: Pick<RunWriter, 'manifest'>
  manifest: Manifest
}

/** Makes the servers ready for the calls to come; a failure is a warning. @param stopped ends it early. */
export async function warmUp(run: BeforeLoad, stopped: Promise<unknown>): Promise<void> {
  const { screen } = run.request
  const ending = new AbortController()
  void stopped.then(() => ending.abort())
  const tell = (what: string) => screen.print(`  warming up ${what} …`)
  warn(run, await warmUpServers(boundProviders(), { signal: ending.signal, tell }))
}

/**
 * Finds out what serves at the addresses the load will go to, tells it and writes it down. Never rejects.
 */
export async function lookAtServers(run: BeforeLoad): Promise<void> {
  if (!run.request.probe) return
  const { servers, warnings, unanswered } = await findServers(boundProviders(), run.request.providers)
  const { screen, paint } = run.request
  for (const server of servers) screen.print(`  ${paint.dim('server'.padEnd(9))} ${serverText(server)}`)
  warn(run, warnings)
  for (const sentence of unanswered) {
    screen.print(noteText(sentence, paint))
    run.collector.warnings.addUnanswered(sentence)
  }
  if (servers.length === 0) return
  run.manifest = { ...run.manifest, servers }
  // At once, for the report of a run that gets killed.
  await run.writer.manifest(run.manifest)
}

/** Told now, while there is time to stop, and again at the end, beside the numbers. */
function warn({ request: { screen, paint }, collector }: BeforeLoad, sentences: readonly string[]): void {
  for (const sentence of sentences) {
    screen.print(noteText(sentence, paint))
    collector.warnings.add(sentence)
  }
}

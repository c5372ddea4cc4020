import { alarmText } from '../outputs/console/summary/ending-lines.ts'
import { indented } from '../outputs/console/wrap.ts'
import { longestGracefulStop } from '../schedule/index.ts'
import type { Plan } from '../model/plan.ts'
import { scriptFailed, type LoadedScript } from '../script/load.ts'
import type { Collector } from './collector.ts'
import type { Conductor } from './conductor.ts'
import { causeOf, EXIT, type EndCause, type Ending } from './ending.ts'
import { cancellingText, stoppingText } from './opening.ts'
import type { RunRequest } from './request.ts'

/** What of a run these steps need. */
interface Stoppable {
  readonly request: Pick<RunRequest, 'screen' | 'paint' | 'onSignal' | 'onFault'>
  readonly plan: Plan
  readonly prepared: { readonly script: LoadedScript }
  readonly collector: Collector
  readonly ending: Ending
  readonly stop: StopRequest
  /** setup() is over, so there is something to tear down. */
  readonly isSetUp: boolean
}

/** That a run is to come to its end, for what goes on before its load: settles once. */
export class StopRequest {
  readonly made: Promise<void>
  make: () => void = () => undefined

  constructor() {
    this.made = new Promise((resolve) => {
      this.make = resolve
    })
  }
}

/** Notes why the run ends, and says so at once in a line: what is under way may take its time. The whole stands at the end. */
export function endBy(
  { ending, request: { screen, paint } }: Pick<Stoppable, 'ending' | 'request'>,
  cause: EndCause,
): void {
  const [headline = ''] = cause.reason.split('\n', 1)
  if (ending.note(cause)) screen.insist(alarmText(headline, paint))
}

/** Ends the run at the first signal, and when script code of this thread throws where nothing catches it. */
export function listen(live: Stoppable, conductor: Conductor): void {
  const { request, collector, plan, prepared, ending, stop } = live
  request.onSignal((signal) => {
    ending.note({ outcome: 'interrupted', exitCode: EXIT.signal, reason: `stopped by ${signal}` })
    request.screen.insist(live.isSetUp ? stoppingText(signal, plan, prepared.script) : cancellingText(signal))
    collector.stopping(signal)
    request.screen.repaint(() => collector.progress(), request.paint)
    conductor.stop('graceful', longestGracefulStop(plan.scenarios))
    stop.make()
  })
  request.onFault((error) => {
    endBy(live, causeOf(scriptFailed('where nothing catches it', error)))
    conductor.stop('now', 0)
    stop.make()
  })
}

/** The load is over: neither a signal nor a fault changes what was measured, nor its verdict. */
export function listenNoMore({ request: { screen, onSignal, onFault } }: Pick<Stoppable, 'request'>): void {
  onSignal((signal) => {
    screen.insist(
      `  ${signal}: the load is over, its results are being written; send it again to end at once`,
    )
  })
  onFault((error) => {
    screen.insist(indented(scriptFailed('where nothing catches it', error).message))
  })
}

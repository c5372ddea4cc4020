import type { Totals } from '../metrics/totals.ts'
import { plain } from '../outputs/figures.ts'
import { everyRequestFailed, requestFailures } from './request-failures.ts'
import type { Standing } from './scenario-table.ts'

/** Why the verdict of a run rests on nothing. */
export interface Hollow {
  /** `every iteration failed` */
  readonly what: string
  /** A sentence for the summary: what was counted, and what to do. */
  readonly sentence: string
}

const REQUESTS = ['requests', 'http_reqs', 'warmup_requests']

/**
 * Whether a run has measured nothing so far, although no threshold may say so: no iteration started or
 * ended well, or none of them sent a request, or every request failed. What setup() sends is no load.
 * @param ended whether the load is over; before that only what has ended is judged.
 * @param judged a threshold is against failed requests already.
 */
export function hollowness(
  totals: Totals,
  standings: readonly Standing[],
  ended: boolean,
  judged = false,
): Hollow | undefined {
  const sum = (count: (one: Standing) => number) => standings.reduce((all, one) => all + count(one), 0)
  const started = sum((one) => one.started)
  const over = sum(({ completed, interrupted }) => completed + interrupted)
  if (started === 0) {
    if (!ended) return undefined
    return {
      what: 'no iteration started',
      sentence: 'No iteration started, so nothing was measured: look at the load that the scenarios ask for.',
    }
  }
  const failed = totals.select('iteration_failed', {})
  const failures = failed?.value('passes', totals.elapsed) ?? 0
  if (failures > 0 && failed?.value('fails', totals.elapsed) === 0) {
    return {
      what: 'every iteration failed',
      sentence:
        `Every iteration failed (${plain(failures)} of ${plain(failures)}): the script threw in each of them. ` +
        'Correct it before reading anything else here.',
    }
  }
  const { failed: refused } = requestFailures(totals)
  if (everyRequestFailed(totals)) {
    return {
      what: 'every request failed',
      sentence:
        `Every request failed (${plain(refused)} of ${plain(refused)}), so no answer was measured: see the errors.` +
        (judged ? '' : ' A threshold such as request_failed: ["rate<1%"] fails a run like that.'),
    }
  }
  if (over === 0 || REQUESTS.some((metric) => wasSent(totals, metric))) return undefined
  return {
    what: 'no request was sent',
    sentence:
      `No request was sent in ${plain(over)} iterations, so no server was measured: ` +
      'call a client of a provider or loadbench/http in the function of the scenario.',
  }
}

function wasSent(totals: Totals, metric: string): boolean {
  return totals.series(metric).some(({ tags }) => 'scenario' in tags)
}

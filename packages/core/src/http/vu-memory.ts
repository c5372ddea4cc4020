import { currentScope, type VuState } from '../script/scope.ts'
import { CookieJar } from './cookie-jar.ts'
import { USUAL_STATUSES, type ExpectedStatuses } from './expected-statuses.ts'

/** What requests leave behind for the next ones of the same VU. */
interface Memory {
  /** Emptied at the start of each iteration, as in k6. */
  jar: CookieJar
  /** `undefined`: as everybody. */
  expected: ExpectedStatuses | null | undefined
  iteration: number
}

/** Of a plain Node program. */
const jarOutside = new CookieJar()
/** What the VUs expect that say nothing themselves. */
let expectedByAll: ExpectedStatuses | null = USUAL_STATUSES
const byVu = new WeakMap<VuState, Memory>()

function memoryOf(vu: VuState): Memory {
  let memory = byVu.get(vu)
  if (memory === undefined) {
    memory = { jar: new CookieJar(), expected: undefined, iteration: vu.iterationInInstance }
    byVu.set(vu, memory)
  }
  if (memory.iteration !== vu.iterationInInstance) {
    memory.iteration = vu.iterationInInstance
    memory.jar = new CookieJar()
  }
  return memory
}

/** The cookies of the running VU in this iteration; outside of any VU, those of the program. */
export function cookieJar(): CookieJar {
  const scope = currentScope()
  return scope === undefined ? jarOutside : memoryOf(scope.vu).jar
}

/** What the running VU expects of an answer; `null`: nothing is judged. */
export function expectedNow(): ExpectedStatuses | null {
  const scope = currentScope()
  const own = scope === undefined ? undefined : memoryOf(scope.vu).expected
  return own === undefined ? expectedByAll : own
}

/**
 * Sets which answers are as they should be, for all requests to come: of this VU inside an iteration, of
 * all of them at the top of a script. `null`: nothing is judged, and `http_req_failed` not recorded.
 */
export function setResponseCallback(expected: ExpectedStatuses | null): void {
  const scope = currentScope()
  if (scope === undefined) expectedByAll = expected
  else memoryOf(scope.vu).expected = expected
}

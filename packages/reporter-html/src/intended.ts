import type { Plan, ScenarioPlan, ScenarioSummary, Timeline } from 'loadbench/report'

/** How much of each scenario came about. */
type Delivered = readonly Pick<ScenarioSummary, 'name' | 'delivery'>[]

/**
 * Iterations a second the plan asks for, at the middle of each interval of the run; `null` where no
 * scenario has a rate. Scenarios of VUs ask for none: they go as fast as the answers come. A run that was stopped
 * asks for nothing more from then on.
 * @param scenario of this one alone
 */
export function intendedRate(
  { scenarios }: Plan,
  { at, width }: Timeline,
  delivered: Delivered,
  scenario?: string,
): readonly (number | null)[] | undefined {
  const own = scenarios.filter(({ name }) => scenario === undefined || name === scenario)
  const rates = at.map((end, index) => {
    const millis = (end - (width[index] ?? 0) / 2) * 1e3
    const running = own.flatMap((plan) => {
      const since = millis - plan.startTime
      return since > followed(plan.name, delivered) ? [] : (rateAt(plan, since) ?? [])
    })
    return running.length === 0 ? null : running.reduce((sum, rate) => sum + rate, 0)
  })
  return rates.some((rate) => rate !== null) ? rates : undefined
}

/** For how long iterations were to start, ms from the scenario's start, as far as that is known. */
function followed(scenario: string, delivered: Delivered): number {
  const { delivery } = delivered.find(({ name }) => name === scenario) ?? {}
  return delivery === undefined ? Infinity : (delivery.intended / delivery.intendedRate) * 1e3
}

/** Rate of a scenario, in iterations a second, `since` ms after its start; `undefined` outside of it. */
function rateAt(plan: ScenarioPlan, since: number): number | undefined {
  if (since < 0) return undefined
  if (plan.executor === 'constant-arrival-rate') {
    return since <= plan.duration ? (plan.rate / plan.timeUnit) * 1e3 : undefined
  }
  if (plan.executor !== 'ramping-arrival-rate') return undefined
  let [from, start] = [plan.startRate, 0]
  for (const { duration, target } of plan.stages) {
    if (since < start + duration) {
      return ((from + ((target - from) * (since - start)) / duration) / plan.timeUnit) * 1e3
    }
    from = target
    start += duration
  }
  return undefined
}

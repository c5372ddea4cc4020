/** How much of an arrival rate came about. Rates are per second of the time in which iterations were to start. */
export interface ScenarioDelivery {
  /** Iterations the schedule asked for, up to where it was stopped. */
  readonly intended: number
  readonly intendedRate: number
  /** Of those that started, late ones included. */
  readonly achievedRate: number
  /** Started more than 100 ms after their time. */
  readonly late: number
}

export interface ScenarioSummary {
  readonly name: string
  readonly executor: string
  /** One line for a person: rate, VUs, duration. */
  readonly description: string
  readonly started: number
  readonly completed: number
  readonly dropped: number
  readonly interrupted: number
  /** Of arrival rates. */
  readonly delivery?: ScenarioDelivery
}

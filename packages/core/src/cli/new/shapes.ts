/** A shape of load that a first script can have. */
export interface Shape {
  /** What it asks, in a few words. */
  readonly question: string
  /** The comment at the top of the script, one line each. */
  readonly about: readonly string[]
  /** What stands inside of `options`, with its comments. */
  readonly options: string
  /** Code at the end of an iteration; empty where it asks again at once. */
  readonly pause?: string
}

const FEW_FAILURES = `    // At most one request in a hundred may fail.
    request_failed: ['rate<1%'],`

const smoke: Shape = {
  question: 'Does it work at all? One user, a few requests',
  about: ['Does it work at all? One user, a few requests: what to run first against a new deployment.'],
  options: `
  // One virtual user, three requests in all.
  vus: 1,
  iterations: 3,
  // The exit code is 99 when one of these does not hold.
  thresholds: {
    // No request may fail, and every check below must hold.
    request_failed: ['rate==0'],
    checks: ['rate==1'],
    // Time to the first token. Without a unit a number is milliseconds.
    ttft: ['max<10s'],
  },`,
}

const sustained: Shape = {
  question: 'An ordinary busy hour: a steady rate of arrivals',
  about: [
    'An ordinary busy hour: people arrive at a steady rate, at random distances, whether or not the',
    'endpoint keeps up (an open model).',
  ],
  options: `
  scenarios: {
    sustained: {
      executor: 'constant-arrival-rate',
      // Five iterations a second for half a minute.
      rate: 5,
      timeUnit: '1s',
      duration: '30s',
      // At random around the rate, as independent people come; 'even' is like a metronome.
      arrival: 'poisson',
      // Users ready from the start, and how many there may be when answers are slow.
      preAllocatedVUs: 25,
      maxVUs: 100,
    },
  },
  // A request that keeps these bounds counts as good; goodput is the share of good ones.
  slo: { ttft: '1s', tpot: 60 },
  thresholds: {
    // From when a request was due, so that waiting for a free user counts too.
    ttft_scheduled: ['p(95)<1s'],
    goodput: ['rate>95%'],
${FEW_FAILURES}
    // Load that could not be sent would flatter everything above.
    dropped_iterations: ['count<1'],
  },`,
}

const spike: Shape = {
  question: 'A sudden rush: does it shed load, queue it, or fall over?',
  about: [
    'A sudden rush: a quiet rate, a jump to ten times as much, and quiet again. Does the endpoint shed',
    'load, queue it, or fall over, and how fast does it recover?',
  ],
  options: `
  scenarios: {
    spike: {
      executor: 'ramping-arrival-rate',
      // Iterations a second at the start; each stage says how many there are at its end.
      startRate: 2,
      timeUnit: '1s',
      stages: [
        { duration: '5s', target: 2 },
        { duration: '1s', target: 20 },
        { duration: '10s', target: 20 },
        { duration: '1s', target: 2 },
        { duration: '5s', target: 2 },
      ],
      // Users ready from the start, and how many there may be when answers are slow.
      preAllocatedVUs: 50,
      maxVUs: 200,
    },
  },
  // A request that keeps these bounds counts as good; goodput is the share of good ones.
  slo: { ttft: '1s', tpot: 60 },
  thresholds: {
    // The second one ends the run as soon as it fails, but not in the first five seconds.
    ttft: ['p(95)<1s', { threshold: 'p(99)<5s', abortOnFail: true, delayAbortEval: '5s' }],
    goodput: ['rate>90%'],
${FEW_FAILURES}
  },`,
}

const stress: Shape = {
  question: 'Where is the limit? More and more users at once',
  about: [
    'Where is the limit? More and more users at once, each asking again soon after its answer (a closed',
    'model), until the time is over or the endpoint no longer answers well.',
  ],
  options: `
  scenarios: {
    stress: {
      executor: 'ramping-vus',
      startVUs: 1,
      // How many users there are at the end of each stage.
      stages: [
        { duration: '10s', target: 10 },
        { duration: '10s', target: 20 },
        { duration: '10s', target: 40 },
        { duration: '5s', target: 0 },
      ],
      // How long a user may finish its answer when the ramp takes it away.
      gracefulRampDown: '30s',
    },
  },
  // A request that keeps these bounds counts as good; goodput is the share of good ones.
  slo: { ttft: '2s', tpot: 100 },
  thresholds: {
    // Time per output token, after the first one. Without a unit a number is milliseconds.
    tpot: ['p(95)<100'],
    // Past the limit there is nothing more to learn: ends the run at once.
    request_failed: [{ threshold: 'rate<5%', abortOnFail: true, delayAbortEval: '5s' }],
  },`,
  pause: `
  // Seconds a person reads before asking again.
  await sleep(0.1)`,
}

const soak: Shape = {
  question: 'A long steady load: does anything grow, slow down or leak?',
  about: [
    'A long steady load: does anything grow, slow down or leak over time? For hours rather than minutes',
    'add a flag: --duration 8h',
  ],
  options: `
  // Five virtual users, each asking again soon after its answer.
  vus: 5,
  duration: '1m',
  thresholds: {
    // The second one must hold in every half minute of the run, not only over all of it.
    ttft: ['p(95)<1s', 'p(95)<2s over 30s'],
    tpot: ['med<60'],
${FEW_FAILURES}
  },`,
  pause: `
  // Seconds a person reads before asking again.
  await sleep(1)`,
}

/** The shapes by name, the simplest first. */
export const SHAPES = { smoke, sustained, spike, stress, soak } as const satisfies Record<string, Shape>

export type ShapeName = keyof typeof SHAPES

export const SHAPE_NAMES = Object.keys(SHAPES) as ShapeName[]

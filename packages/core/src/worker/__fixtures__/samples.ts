import type { ExchangeSample, Stamps } from '../../model/exchange.ts'

/** The start of every sample, far from 0 so that a stamp taken for a duration shows. */
export const START = 1_000_000

/** Stamps so many ms after the start. */
export function stamps(after: Partial<Record<keyof Stamps, number>>): Stamps {
  const at = Object.fromEntries(Object.entries(after).map(([name, millis]) => [name, START + millis]))
  return { startedAt: START, endedAt: START, ...at }
}

const BLANK: ExchangeSample = {
  id: 'x-1',
  outcome: 'ok',
  streamed: true,
  stamps: stamps({}),
  connect: {},
  gaps: [],
  chunks: 0,
  coalesced: 0,
  usage: {},
  serverTiming: {},
  bytesSent: 300,
  bytesReceived: 4_000,
  tags: { provider: 'parts', model: 'm' },
  keepGaps: false,
  warnings: [],
}

/** A good streamed answer: 5 tokens in 5 frames, the first after 200 ms, then one each 20 ms. */
export const STREAMED: ExchangeSample = {
  ...BLANK,
  stamps: stamps({
    sentAt: 3,
    headersAt: 150,
    firstFrameAt: 150,
    firstTokenAt: 200,
    firstAnswerAt: 200,
    lastTokenAt: 280,
    endedAt: 285,
  }),
  gaps: [20, 20, 20, 20],
  chunks: 5,
  usage: { inputTokens: 40, outputTokens: 5 },
  status: 200,
  finishReason: 'stop',
}

/** A good answer in one piece. */
export const WHOLE: ExchangeSample = {
  ...BLANK,
  streamed: false,
  stamps: stamps({ sentAt: 3, headersAt: 400, firstFrameAt: 410, endedAt: 410 }),
  chunks: 1,
  usage: { inputTokens: 40, outputTokens: 50 },
  status: 200,
  finishReason: 'stop',
}

/** Refused: nothing came, nothing was sent. */
export const REFUSED: ExchangeSample = {
  ...BLANK,
  outcome: 'failed',
  streamed: false,
  stamps: stamps({ endedAt: 2 }),
  bytesSent: 0,
  bytesReceived: 0,
  failure: { class: 'connection', fault: 'refused', message: 'connect ECONNREFUSED', code: 'ECONNREFUSED' },
}

/** A stream that was reset after its second token. */
export const BROKEN: ExchangeSample = {
  ...BLANK,
  outcome: 'failed',
  stamps: stamps({ sentAt: 3, headersAt: 150, firstFrameAt: 150, firstTokenAt: 200, firstAnswerAt: 200, lastTokenAt: 220, endedAt: 230 }),
  gaps: [20],
  chunks: 2,
  status: 200,
  failure: { class: 'connection', fault: 'reset', message: 'read ECONNRESET', code: 'ECONNRESET', status: 200 },
}

/** Cut by the end of the run `age` ms after its start, with a first token after 200 ms if it got that old. */
export function interrupted(age: number): ExchangeSample {
  const begun = { sentAt: 3, headersAt: 150, firstFrameAt: 150, endedAt: age }
  const spoken = age >= 200 ? { firstTokenAt: 200, firstAnswerAt: 200, lastTokenAt: 200 } : {}
  return { ...BLANK, outcome: 'interrupted', stamps: stamps({ ...begun, ...spoken }), chunks: age >= 200 ? 1 : 0, status: 200 }
}

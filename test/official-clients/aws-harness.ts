import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { AnswerSettings, Simulator, TruthRecord } from '../../packages/simulator/src/index.ts'

/** The pair of keys that the simulator knows. */
export const KEYS = { accessKeyId: 'SIMULATORACCESSKEY', secretAccessKey: 'simulator-secret' }

/** Sends requests of a client of AWS over HTTP/1.1, with the header `x-sim` on each. */
export class SimHandler extends NodeHttpHandler {
  readonly #sim: string

  constructor(sim: AnswerSettings) {
    super()
    this.#sim = JSON.stringify(sim)
  }

  override handle(...[request, options]: Parameters<NodeHttpHandler['handle']>) {
    request.headers['x-sim'] = this.#sim
    return super.handle(request, options)
  }
}

/** What the simulator did last. */
export async function truthOf({ url }: Simulator): Promise<TruthRecord> {
  const list = (await (await fetch(`${url}/_sim/truth`)).json()) as TruthRecord[]
  const last = list.at(-1)
  if (last === undefined) throw new Error('no truth was kept')
  return last
}

/** What stands at a path, `choices.0.text`; `undefined` where there is nothing. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], value)
}

/** Text at a path of each chunk, joined; chunks that have none there are passed over. */
export function joined(chunks: readonly unknown[], path: string): string {
  return chunks
    .map((chunk) => at(chunk, path))
    .filter((text) => typeof text === 'string')
    .join('')
}

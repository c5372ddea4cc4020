import {
  startSimulator,
  type Simulator,
  type SimulatorSettings,
  type TruthRecord,
} from '../../packages/simulator/src/index.ts'

/** What a model says in these tests: word by word, markup and other scripts included. */
export const TEXT = 'Grüße from "sim": <b>世界</b> 😀 and\na last word.'
/** Its tokens: the words with the white space before them. */
export const TOKENS = TEXT.split(/\s+/).length

/** A simulator in a thread of its own that says `TEXT`, and keeps the truth of what it sent. */
export async function simulated(settings: SimulatorSettings = {}): Promise<Simulator> {
  return await startSimulator({ ttft: 5, itl: 1, text: TEXT, truth: 100, ...settings })
}

/** What really happened to the last request. */
export async function lastTruth({ url }: Simulator): Promise<TruthRecord> {
  const response = await fetch(`${url}/_sim/truth`)
  const record = ((await response.json()) as TruthRecord[]).at(-1)
  if (record === undefined) throw new Error('The simulator has had no request')
  return record
}

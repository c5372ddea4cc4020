import type { ProviderPlugin } from '../model/provider.ts'
import { decodeTrials } from './decode-trials.ts'
import { encodeTrials } from './encode-trials.ts'
import { hostileTrials } from './hostile-trials.ts'
import { lackingTrials } from './lacking.ts'
import { probeTrials } from './probe-trials.ts'
import type { Lack, ProviderAnswers } from './provider-answers.ts'
import type { Subject } from './trial.ts'
import { wireTrials } from './wire-trials.ts'

/** Registers one test: `it` of vitest, Jest or `node:test`. */
export type RegisterTest = (name: string, test: () => Promise<void>) => unknown

export interface ProviderTests {
  readonly it: RegisterTest
  readonly answers: ProviderAnswers
  /** What the provider is without, on purpose. Default: nothing. */
  readonly lacks?: readonly Lack[]
}

/**
 * The conformance suite of a provider: registers the tests that every plugin has to pass. They check what
 * `ProviderPlugin` promises, with the answers given: encoding is pure; answers say the same however a
 * network cuts them; what is truncated, malformed, empty, endless or damaged is never a good answer, and
 * never throws; over a real socket of this machine a script gets the same.
 */
export function testProvider(plugin: ProviderPlugin, { it, answers, lacks = [] }: ProviderTests): void {
  const subject: Subject = { plugin, answers, lacks }
  const groups = [lackingTrials, encodeTrials, decodeTrials, hostileTrials, wireTrials, probeTrials]
  for (const group of groups) {
    for (const { name, run } of group(subject)) it(name, async () => run())
  }
}

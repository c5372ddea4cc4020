import type { ProviderPlugin } from '../model/provider.ts'
import type { Lack, ProviderAnswers } from './provider-answers.ts'

/** A provider under test, with the answers its servers give. */
export interface Subject {
  readonly plugin: ProviderPlugin
  readonly answers: ProviderAnswers
  readonly lacks: readonly Lack[]
}

/** One test of a provider; it fails by throwing. */
export interface Trial {
  readonly name: string
  readonly run: () => void | Promise<void>
}

export function trial(name: string, run: () => void | Promise<void>): Trial {
  return { name, run }
}

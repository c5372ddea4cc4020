import { stageNumbers } from '../model/stages.ts'
import type { ThresholdPlan } from '../model/plan.ts'
import type { OptionValues } from './option-schemas.ts'
import type { Problem } from './problem.ts'
import type { ScenarioValues } from './scenario-schema.ts'
import { originOf, problemAt, type TierReading } from './tier.ts'

/** What decides which values the tag `stage` may have. */
interface Staged {
  readonly scenarios: Readonly<Record<string, ScenarioValues>>
  readonly tags: OptionValues['tags']
  readonly thresholds: Readonly<Record<string, readonly Pick<ThresholdPlan, 'selector'>[]>>
}

/** A threshold on a stage that does not come. */
interface Stray {
  readonly key: string
  readonly stage: string
  /** The stages there are, of each ramp that is meant. */
  readonly ramps: readonly (readonly [name: string, stages: readonly number[]])[]
}

/**
 * Thresholds on a stage beyond those of the ramps: they would fail for want of data, after the whole load.
 * @param readings lowest first.
 */
export function stageProblems(staged: Staged, readings: readonly TierReading[]): Problem[] {
  const setter = readings.findLast(({ raw }) => raw.has('thresholds'))
  if (setter === undefined) return []
  return strays(staged)
    .filter(({ ramps }) => ramps.length > 0)
    .map(({ key, stage, ramps }) => {
      const there = ramps.map(([name, stages]) => `${name} has ${wordsOf(stages)}`).join(', ')
      const message = `there is no stage ${stage}; ${there}`
      return problemAt(['thresholds', key], message, originOf(setter.tier, 'thresholds'))
    })
}

/** The same where no ramp is meant at all: the script may set such a tag by itself. Whole sentences. */
export function stageWarnings(staged: Staged): string[] {
  return strays(staged)
    .filter(({ ramps }) => ramps.length === 0)
    .map(
      ({ key }) =>
        `thresholds.${key}: no scenario it is about is a ramp of 2 to 50 stages, so only a tag "stage" of the script's own can match.`,
    )
}

function strays({ scenarios, tags, thresholds }: Staged): Stray[] {
  // Whoever sets a tag of that name in the options has other values in mind.
  if ('stage' in tags) return []
  return Object.entries(thresholds).flatMap(([key, [first]]): Stray[] => {
    const { stage, scenario } = first?.selector ?? {}
    if (stage === undefined || !/^\d+$/.test(stage)) return []
    const meant = Object.entries(scenarios).filter(([name]) => scenario === undefined || name === scenario)
    if (meant.some(([, values]) => 'stage' in values.tags)) return []
    const ramps = meant
      .map(([name, values]) => [name, 'stages' in values ? stageNumbers(values.stages) : []] as const)
      .filter(([, stages]) => stages.length > 0)
    return ramps.some(([, stages]) => stages.map(String).includes(stage)) ? [] : [{ key, stage, ramps }]
  })
}

/** `stages 0 to 3`, one by one where some are left out. */
function wordsOf(stages: readonly number[]): string {
  const [first = 0, last = 0] = [stages[0], stages.at(-1)]
  if (stages.length === 1) return `stage ${first} only`
  const isRange = stages.length > 2 && last - first + 1 === stages.length
  return `stages ${isRange ? `${first} to` : `${stages.slice(0, -1).join(', ')} and`} ${last}`
}

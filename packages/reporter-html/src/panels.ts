import type { Panel } from './panel.ts'
import { charts } from './panels/charts.ts'
import { checks } from './panels/checks.ts'
import { distributions } from './panels/distributions.ts'
import { environment } from './panels/environment.ts'
import { errors } from './panels/errors.ts'
import { scriptErrors } from './panels/script-errors.ts'
import { headline } from './panels/headline.ts'
import { masthead } from './panels/masthead.ts'
import { options } from './panels/options.ts'
import { parts } from './panels/parts.ts'
import { percentiles } from './panels/percentiles.ts'
import { scenarios } from './panels/scenarios.ts'
import { slowest } from './panels/slowest.ts'
import { thresholds } from './panels/thresholds.ts'
import { totals } from './panels/totals.ts'
import { verdicts } from './panels/verdicts.ts'
import { warnings } from './panels/warnings.ts'

/** What was tested and how it ended. */
export const TOP: readonly Panel[] = [masthead, verdicts]

/** Everything below, from top to bottom. */
export const PANELS: readonly Panel[] = [
  headline,
  warnings,
  thresholds,
  charts,
  distributions,
  parts,
  percentiles,
  totals,
  checks,
  errors,
  scriptErrors,
  slowest,
  scenarios,
  options,
  environment,
]

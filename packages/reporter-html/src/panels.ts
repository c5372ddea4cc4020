import type { Panel } from './panel.ts'
import { charts } from './panels/charts.ts'
import { checks } from './panels/checks.ts'
import { environment } from './panels/environment.ts'
import { errors } from './panels/errors.ts'
import { headline } from './panels/headline.ts'
import { masthead } from './panels/masthead.ts'
import { options } from './panels/options.ts'
import { percentiles } from './panels/percentiles.ts'
import { scenarios } from './panels/scenarios.ts'
import { thresholds } from './panels/thresholds.ts'
import { totals } from './panels/totals.ts'
import { verdicts } from './panels/verdicts.ts'
import { warnings } from './panels/warnings.ts'

/** The page from top to bottom. */
export const PANELS: readonly Panel[] = [
  masthead,
  verdicts,
  headline,
  warnings,
  thresholds,
  charts,
  percentiles,
  totals,
  checks,
  errors,
  scenarios,
  options,
  environment,
]

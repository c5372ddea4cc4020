import type { Targets } from '../client/targets.ts'
import type { ProviderPlugin } from '../model/provider.ts'
import type { Reporter } from '../model/summary.ts'
import type { Paint } from '../outputs/console/paint.ts'
import type { Screen } from '../outputs/console/screen.ts'
import type { SummaryMode } from '../outputs/console/summary/mode.ts'
import type { NamedOutput } from '../outputs/outputs.ts'
import type { OptionTier } from '../plan/index.ts'

/** Everything `loadbench run` was asked for. */
export interface RunRequest {
  readonly file: string
  readonly tiers: { readonly below: readonly OptionTier[]; readonly above: readonly OptionTier[] }
  readonly targets: Targets
  /** The targets are the simulator's. */
  readonly simulated: boolean
  /** The targets in words, for the header. */
  readonly targetWords: readonly string[]
  /** Folder in which the run's own folder is made. */
  readonly results: string
  /** Loads the reporters, when there is something to report. */
  readonly reporters: () => Promise<readonly Reporter[]>
  readonly outputs: readonly NamedOutput[]
  readonly judgeThresholds: boolean
  /** Whether servers are asked what they are before the load. */
  readonly probe: boolean
  /** Loads the providers that are installed, where a server is none that the script's own know. */
  readonly providers: () => Promise<readonly ProviderPlugin[]>
  readonly strictHealth: boolean
  /** What is printed at the end; `json` has standard output for itself, and `screen` is not on it. */
  readonly summaryMode: SummaryMode
  readonly version: string
  readonly argv: readonly string[]
  readonly screen: Screen
  readonly paint: Paint
  /** Told where the run is written, once that is known. */
  readonly onFolder: (folder: string) => void
  /** Calls back at the first signal to stop. */
  readonly onSignal: (listener: (signal: string) => void) => void
  /** Calls back when script code of the main thread throws where nothing catches it. */
  readonly onFault: (listener: (error: unknown) => void) => void
}

import type { Paint } from './paint.ts'
import type { LiveFacts } from './live/facts.ts'
import { LineCap } from './live/line-cap.ts'
import type { LiveView } from './live/live-view.ts'
import { logLine } from './live/log-line.ts'
import { isPaintable } from './live/mode.ts'
import type { Terminal } from './live/painter.ts'
import { safeText } from './live/safe-text.ts'
import { inAscii, showsUnicode } from './live/signs.ts'
import { indented } from './wrap.ts'

/** Without a terminal a line is printed every so many seconds, for a log that a person reads later. */
const LOG_EVERY_SECONDS = 10

/** Lines of scripts in one second, all workers together. */
const SCRIPT_LINES = 100

/** Where a run prints: a live view at the end of a terminal, everything else above it; or a log. */
export class Screen {
  readonly #stream: Terminal & { readonly isTTY?: boolean }
  readonly #quiet: boolean
  readonly #paintable: boolean
  readonly #ascii: boolean
  /** Errors of scripts apart, so that chatter does not take their place. */
  readonly #caps = { other: new LineCap(SCRIPT_LINES), error: new LineCap(SCRIPT_LINES) }
  #View: typeof LiveView | undefined
  #view: LiveView | undefined
  #seconds = 0

  constructor(stream: Terminal & { readonly isTTY?: boolean }, quiet: boolean, env = process.env) {
    this.#stream = stream
    this.#quiet = quiet
    this.#paintable = !quiet && isPaintable(stream, env)
    this.#ascii = stream.isTTY === true && !showsUnicode(env)
  }

  /** Makes ready for `progress`; what is to be painted before that is done is left out. */
  expectProgress(): void {
    if (!this.#paintable) return
    // Only now: most of it is tables of characters, which a run without a terminal need not load.
    void import('./live/live-view.ts').then(({ LiveView: View }) => {
      this.#View = View
    })
  }

  /** Text above the live view. */
  print(text: string): void {
    if (!this.#quiet) this.#write(text)
  }

  /** As `print`, also when quiet: what a person must not miss. */
  insist(text: string): void {
    this.#write(text)
  }

  /** What a script printed: so many lines a second, and without what could not be printed over. */
  script(text: string, isError: boolean): void {
    if (this.#quiet && !isError) return
    const cap = isError ? this.#caps.error : this.#caps.other
    this.#indented(cap.pass(safeText(text)))
  }

  /** One more second has passed. @param facts where the run stands; asked only when it is shown. */
  progress(facts: () => LiveFacts, paint: Paint): void {
    this.#seconds += 1
    this.#tellLeftOut(false)
    if (this.#quiet) return
    if (this.#paintable) this.#show(facts(), paint)
    else if (this.#seconds % LOG_EVERY_SECONDS === 0) this.#write(`  ${logLine(facts())}`)
  }

  /** Shows what is new before the second is over; does nothing where nothing is painted. */
  repaint(facts: () => LiveFacts, paint: Paint): void {
    if (this.#view !== undefined) this.#show(facts(), paint)
  }

  #show(facts: LiveFacts, paint: Paint): void {
    if (this.#View === undefined) return
    this.#view ??= new this.#View(this.#stream, paint, this.#ascii, terminals())
    this.#view.show(facts)
  }

  /** Takes the live view away, for good. */
  settle(): void {
    this.#tellLeftOut(true)
    this.#view?.close()
    this.#view = undefined
    this.#View = undefined
  }

  #tellLeftOut(all: boolean): void {
    for (const cap of Object.values(this.#caps)) this.#indented(all ? cap.rest() : cap.due())
  }

  #indented(text: string): void {
    if (text !== '') this.#write(indented(text))
  }

  #write(text: string): void {
    const whole = text.endsWith('\n') ? text : `${text}\n`
    const shown = this.#ascii ? inAscii(whole) : whole
    if (this.#view === undefined) this.#stream.write(shown)
    else this.#view.above(shown)
  }
}

/** Streams of this process that show on its terminal. */
function terminals(): NodeJS.WriteStream[] {
  return [process.stdout, process.stderr].filter(({ isTTY }) => isTTY)
}

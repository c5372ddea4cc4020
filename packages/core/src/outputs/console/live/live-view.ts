import type { Paint } from '../paint.ts'
import type { LiveFacts } from './facts.ts'
import { frame } from './frame.ts'
import { ForeignWrites } from './foreign-writes.ts'
import { catchNodeWarnings } from './node-warnings.ts'
import { Painter, type Terminal } from './painter.ts'
import { safeText } from './safe-text.ts'
import { inAscii } from './signs.ts'

/** Text is gathered so long before it is painted: a script may print thousands of lines a second. */
const GATHER_MILLIS = 100

/** A window that is dragged tells a new size many times; it is painted anew once it rests. */
const REST_MILLIS = 60

/**
 * The end of the terminal, from the first second of the load until the last: what is painted, and
 * everything that others print meanwhile, above it.
 */
export class LiveView {
  readonly #terminal: Terminal
  readonly #painter: Painter
  readonly #colours: Paint
  readonly #signs: (text: string) => string
  readonly #writes: ForeignWrites
  readonly #endWarnings: () => void
  readonly #resized = (): void => this.#paintIn(REST_MILLIS)
  readonly #exit = (): void => this.close()
  #facts: LiveFacts | undefined
  #above = ''
  #timer: NodeJS.Timeout | undefined

  /** @param ascii the terminal shows nothing else. @param others streams that show on the same terminal. */
  constructor(terminal: Terminal, colours: Paint, ascii: boolean, others: readonly NodeJS.WriteStream[]) {
    this.#terminal = terminal
    this.#colours = colours
    this.#painter = new Painter(terminal)
    this.#signs = ascii ? inAscii : (text) => text
    this.#writes = new ForeignWrites(others, (text) => this.above(safeText(text)))
    this.#endWarnings = catchNodeWarnings((text) => this.above(`  ${safeText(text)}\n`))
    terminal.on('resize', this.#resized)
    process.on('exit', this.#exit)
  }

  show(facts: LiveFacts): void {
    this.#facts = facts
    this.#paint()
  }

  /** Text that scrolls away above what is painted. */
  above(text: string): void {
    this.#above += text
    if (this.#timer === undefined) this.#paintIn(GATHER_MILLIS)
  }

  /** Leaves the terminal as if nothing had been painted. What was to be printed above stays. */
  close(): void {
    clearTimeout(this.#timer)
    this.#terminal.off('resize', this.#resized)
    process.off('exit', this.#exit)
    this.#writes.through(() => {
      this.#painter.clear()
      if (this.#above !== '') this.#terminal.write(this.#takeAbove())
    })
    this.#endWarnings()
    this.#writes.stop()
  }

  #paintIn(millis: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#paint(), millis).unref()
  }

  #paint(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const lines = this.#facts === undefined ? [] : frame(this.#facts, this.#painter.size, this.#colours)
    this.#writes.through(() => this.#painter.paint(lines.map(this.#signs), this.#takeAbove()))
  }

  #takeAbove(): string {
    const text = this.#above
    this.#above = ''
    return text === '' || text.endsWith('\n') ? text : `${text}\n`
  }
}

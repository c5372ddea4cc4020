import { createLogUpdate } from 'log-update'
import { width } from './cells.ts'
import type { Size } from './frame.ts'

/** What is painted on: `process.stdout`, when it is a terminal. */
export type Terminal = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number }

/** Size of a terminal that does not tell it. */
const USUAL: Size = { columns: 80, rows: 24 }

/**
 * Lines at the end of the terminal that are painted over again and again. The cursor is hidden
 * meanwhile, and shown again by `clear` or when the process ends, whatever ends it.
 */
export class Painter {
  readonly #terminal: Terminal
  readonly #update: ReturnType<typeof createLogUpdate>
  #lines: readonly string[] = []
  #paintedAt: Size = USUAL

  constructor(terminal: Terminal) {
    this.#terminal = terminal
    this.#update = createLogUpdate(terminal)
  }

  get size(): Size {
    const { columns, rows } = this.#terminal
    // 0 is what some terminals say before they know.
    return { columns: columns || USUAL.columns, rows: rows || USUAL.rows }
  }

  /**
   * @param lines take the place of those before; each narrower than the terminal, all together lower.
   * @param above text that from now on stands above them; ends with a newline, or is empty.
   */
  paint(lines: readonly string[], above = ''): void {
    const { size } = this
    if (above !== '' || size.columns !== this.#paintedAt.columns || size.rows !== this.#paintedAt.rows)
      this.#erase()
    if (above !== '') this.#terminal.write(above)
    this.#lines = lines
    this.#paintedAt = size
    this.#update(lines.join('\n'))
  }

  /** Takes the lines away. */
  clear(): void {
    this.#erase()
    this.#update.done()
  }

  /** A terminal that became narrower has broken the lines anew, so that they take more rows than there are lines. */
  #erase(): void {
    if (this.#lines.length === 0) return
    const { columns } = this.size
    const rows = this.#lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(width(line) / columns)), 0)
    this.#lines = []
    // Up to the first of them, then everything from there (ECMA-48, CUU and ED).
    this.#terminal.write(`\r\u001B[${rows}A\u001B[J`)
    this.#update.done()
  }
}

import type { Methods } from './dialect.ts'

/** Paths, and what stands there: plain ones are looked up, those with a `{name}` tried one after the other. */
export class RouteTable {
  readonly #plain = new Map<string, Methods>()
  readonly #patterns = new Map<string, Methods>()

  /** What a path has already goes before what is added. */
  add(path: string, methods: Methods): void {
    const kept = path.includes('{') ? this.#patterns : this.#plain
    kept.set(path, { ...methods, ...kept.get(path) })
  }

  /** @param path as it was sent, without the query */
  find(path: string): Methods | undefined {
    const plain = this.#plain.get(path)
    if (plain !== undefined) return plain
    const segments = path.split('/')
    for (const [pattern, methods] of this.#patterns) if (fits(pattern.split('/'), segments)) return methods
    return undefined
  }
}

/** `{name}` fits any segment but an empty one. */
function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, at) => (part.startsWith('{') ? segments[at] !== '' : part === segments[at]))
  )
}

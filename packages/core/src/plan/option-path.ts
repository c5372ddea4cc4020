/** A place in the options, from the outside in: names and positions in lists. */
export type Path = readonly PropertyKey[]

/** Writes it as `scenarios.spike.stages[0].target`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('')
}

/** A single value in the options. */
export interface Leaf {
  readonly path: string
  readonly value: unknown
}

/** Every single value inside of a value, in order. Empty lists and objects have none. */
export function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [{ path: formatPath(path), value }]
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => leavesOf(item, [...path, index]))
  return Object.entries(value).flatMap(([name, item]) => leavesOf(item, [...path, name]))
}

/** A vector of the wire; `undefined` for anything but a list of numbers. */
export function vectorOf(value: unknown): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.every((one): one is number => typeof one === 'number') ? value : undefined
}

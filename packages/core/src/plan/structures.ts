import { z } from 'zod'
import { field, got, scalarText } from './fields.ts'
import { didYouMean } from './nearest.ts'

/** An object with these fields and no others. @param what the object is, as in `a stage`. */
export function strictObject<S extends z.ZodRawShape>(what: string, shape: S) {
  const known = Object.keys(shape)
  const unknownKey = z.custom<never>(() => false, {
    error: ({ path }) => {
      const suggestion = didYouMean(String(path?.at(-1)), known)
      return `is not an option of ${what}${suggestion || `, which has ${known.join(', ')}`}`
    },
  })
  return z
    .object(shape, { error: ({ input }) => `must be an object with ${known.join(', ')}, got ${got(input)}` })
    .catchall(unknownKey)
}

/** A list of items of one kind. @param allowed what follows "must be". */
export function listOf<T extends z.ZodType>(allowed: string, item: T) {
  return z.array(item, {
    error: ({ input }) => `must be ${allowed}, got ${input === undefined ? 'nothing' : got(input)}`,
  })
}

/** How one entry of a map is read. */
export interface Entry<T> {
  readonly schema: z.ZodType<T>
  /** What is wrong with the name itself. */
  readonly problem?: string | undefined
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object with names of the user's own, each entry read the way its name asks for. */
export function mapOf<T>(allowed: string, entryOf: (name: string) => Entry<T>) {
  return field<Readonly<Record<string, unknown>>>(allowed, isMap).transform((raw, context) => {
    const read: [name: string, value: T][] = []
    for (const [name, value] of Object.entries(raw)) {
      const { schema, problem } = entryOf(name)
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, path: [name] })
      const result = schema.safeParse(value)
      if (result.success) read.push([name, result.data])
      for (const { message, path } of result.error?.issues ?? []) {
        context.addIssue({ code: 'custom', message, path: [name, ...path] })
      }
    }
    return Object.fromEntries(read)
  })
}

/** Names with text values, such as tags. */
export function textMap(allowed: string, problemOf: (name: string) => string | undefined = () => undefined) {
  return mapOf(allowed, (name) => ({ schema: scalarText(), problem: problemOf(name) }))
}

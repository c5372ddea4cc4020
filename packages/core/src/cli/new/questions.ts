import { existsSync } from 'node:fs'
import { LoadbenchError } from '../../model/errors.ts'
import { PROVIDER_NAMES, PROVIDERS, type ProviderName } from './providers.ts'
import type { Wanted } from './script-text.ts'
import { SHAPE_NAMES, SHAPES, type ShapeName } from './shapes.ts'

/** What the command line has said already. */
export type Told = { readonly [K in keyof Wanted]: Wanted[K] | undefined }

/** Where a script of a shape goes unless somebody says otherwise. */
export function defaultFile(shape: ShapeName): string {
  return `scenarios/${shape}.ts`
}

/**
 * Asks a person at a terminal for what the command line has not said.
 * @param overwrite a file that is there may be named.
 * @throws LB_INTERRUPTED when the person would rather not.
 */
export async function ask(told: Told, overwrite: boolean): Promise<Wanted> {
  // Loaded by those who are asked.
  const { intro, select, text } = await import('@clack/prompts')
  // A symbol: Ctrl-C or Escape.
  const answer = <T extends string>(given: T | symbol): T => {
    if (typeof given === 'string') return given
    throw new LoadbenchError('LB_INTERRUPTED', 'stopped at a question', 'Nothing was written.')
  }
  intro('A first script')
  const provider =
    told.provider ??
    answer<ProviderName>(
      await select<ProviderName>({
        message: 'What do you want to load?',
        options: PROVIDER_NAMES.map((value) => ({ value, label: value, hint: PROVIDERS[value].title })),
      }),
    )
  const shape =
    told.shape ??
    answer<ShapeName>(
      await select<ShapeName>({
        message: 'With which load?',
        options: SHAPE_NAMES.map((value) => ({ value, label: value, hint: SHAPES[value].question })),
      }),
    )
  const file =
    told.file ??
    answer(
      await text({
        message: 'Into which file?',
        initialValue: defaultFile(shape),
        validate: (value) => fileProblem(value ?? '', overwrite),
      }),
    )
  return { provider, shape, file }
}

/** Whether a file may hold TypeScript, by its name. */
export function isTypeScript(file: string): boolean {
  return /[^/\\]\.m?ts$/.test(file)
}

/** What is wrong with the name of a file to write; `undefined`: nothing. */
export function fileProblem(file: string, overwrite: boolean): string | undefined {
  if (!isTypeScript(file)) return `${file === '' ? 'nothing' : file} is no name of a TypeScript file (.ts)`
  return !overwrite && existsSync(file) ? `there is a file at ${file} already` : undefined
}

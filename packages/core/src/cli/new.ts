import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { ArgumentsCamelCase, Argv, CommandModule, InferredOptionTypes, Options } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { paint, showsColour } from '../outputs/console/paint.ts'
import { makeFolder } from '../store/make-folder.ts'
import { missingPackages, packageText, tsconfigText } from './new/project-files.ts'
import { PROVIDER_NAMES, PROVIDERS } from './new/providers.ts'
import { ask, defaultFile, fileProblem, isTypeScript, type Told } from './new/questions.ts'
import { scriptText, type Wanted } from './new/script-text.ts'
import { SHAPE_NAMES } from './new/shapes.ts'
import { VERSION } from './version.ts'

/** Flags of `new` alone. */
export const NEW_FLAGS = {
  provider: { choices: PROVIDER_NAMES, describe: 'What is to be loaded' },
  shape: { choices: SHAPE_NAMES, describe: 'How the load goes' },
  yes: { alias: 'y', type: 'boolean', default: false, describe: 'Ask nothing' },
  force: { alias: 'f', type: 'boolean', default: false, describe: 'Write over a script that is there' },
  color: { type: 'boolean', default: true, describe: 'Colours on a terminal; --no-color none' },
} as const satisfies Record<string, Options>

type NewFlags = ArgumentsCamelCase<
  InferredOptionTypes<typeof NEW_FLAGS> & { readonly file: string | undefined }
>

async function handler(flags: NewFlags): Promise<void> {
  const { force } = flags
  const told: Told = { provider: flags.provider, shape: flags.shape, file: withEnding(flags.file) }
  if (told.file !== undefined) requireFree(told.file, force)
  const isAsked = !flags.yes && process.stdin.isTTY && process.stdout.isTTY
  const wanted = isAsked ? await ask(told, force) : unasked(told)
  requireFree(wanted.file, force)
  const written = await writeAll(wanted)
  process.stdout.write(nextSteps(wanted, written, flags.color))
}

function withEnding(file: string | undefined): string | undefined {
  return file === undefined || /\.[^./\\]+$/.test(file) ? file : `${file}.ts`
}

function unasked({ provider = 'openai', shape = 'smoke', file = defaultFile(shape) }: Told): Wanted {
  return { provider, shape, file }
}

/** @throws LB_USAGE for a name that a script cannot have, and for a file that is there. */
function requireFree(file: string, force: boolean): void {
  const problem = fileProblem(file, force)
  if (problem === undefined) return
  throw new LoadbenchError(
    'LB_USAGE',
    problem,
    isTypeScript(file)
      ? 'Name another file, or write over it with --force.'
      : `Scripts are TypeScript: loadbench new ${join(dirname(file), basename(file, extname(file)))}.ts`,
  )
}

/** @returns what was written: the script, and of the project's files those that were missing. */
async function writeAll(wanted: Wanted): Promise<readonly string[]> {
  const { package: plugin } = PROVIDERS[wanted.provider]
  const files: [name: string, text: string][] = [
    [wanted.file, scriptText(wanted)],
    ['tsconfig.json', tsconfigText()],
    ['package.json', packageText(process.cwd(), plugin, VERSION)],
  ]
  const due = files.filter(([name]) => name === wanted.file || !existsSync(name))
  for (const [name, text] of due) {
    // oxlint-disable-next-line no-await-in-loop -- what fails first is to be told first
    await write(name, text)
  }
  return due.map(([name]) => name)
}

/** @throws LB_USAGE */
async function write(name: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(name))
    await writeFile(name, text)
  } catch (error) {
    throw new LoadbenchError(
      'LB_USAGE',
      `${name} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
      'Name another place, or change its rights.',
    )
  }
}

function nextSteps({ provider, file }: Wanted, written: readonly string[], colours: boolean): string {
  const colour = paint(colours && showsColour(process.stdout, process.env))
  const { package: plugin, target } = PROVIDERS[provider]
  const missing = missingPackages(process.cwd(), plugin)
  const install = written.includes('package.json') ? '' : ` --save-dev ${missing.join(' ')}`
  const steps = [
    ...(missing.length === 0 ? [] : [[`npm install${install}`, 'the packages, with types for your editor']]),
    [`npx loadbench run ${file} --simulate`, 'try it without a server'],
    [`npx loadbench run ${file} --target ${target}`, 'load one of your own'],
  ]
  const lines = steps.flatMap(([command = '', why = '']) => [`    ${command}`, `      ${colour.dim(why)}`])
  return ['', ...written.map((name) => `  ${colour.good('✓')} ${name}`), '', '  next', ...lines, '', ''].join(
    '\n',
  )
}

/** `loadbench new` */
export const newCommand: CommandModule<object, NewFlags> = {
  command: 'new [file]',
  describe: 'Write a first script and its tsconfig.json',
  builder: (program: Argv) =>
    program
      .positional('file', { type: 'string', describe: 'Where to; default: scenarios/SHAPE.ts' })
      .options(NEW_FLAGS)
      .example('$0 new', 'Asks a few questions at a terminal')
      .example('$0 new spike.ts --shape spike -y', 'Asks none'),
  handler,
}

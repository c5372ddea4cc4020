import { type ErrorCode, LoadbenchError } from '../model/errors.ts'

/** One thing that is wrong with the options. */
export interface Problem {
  /** Of the option, as in `scenarios.spike.stages[0].target`. */
  readonly path: string
  /** What is wrong and what is allowed, to be read after the path. */
  readonly message: string
  /** Who set the option: `script`, `flag --vus`. */
  readonly source: string
  /** The error it is when every problem is of its kind. */
  readonly code: ErrorCode
  /** What to do about it, where that is more than to correct it where it was set. */
  readonly advice?: string
}

/** Everything that is wrong with the options, one problem a line. Nothing was started. */
export class OptionsError extends LoadbenchError {
  readonly problems: readonly Problem[]

  /** @param problems at least one. */
  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ path, message, source }) => `  ${path}: ${message} (${source})`)
    const title = problems.length === 1 ? 'An option is wrong:' : `${problems.length} options are wrong:`
    super(codeOf(problems), [title, ...lines].join('\n'), hintOf(problems))
    this.name = 'OptionsError'
    this.problems = problems
  }
}

/** The one kind all problems are of, else the general one. */
function codeOf(problems: readonly Problem[]): ErrorCode {
  const codes = new Set(problems.map(({ code }) => code))
  const [only] = codes
  return only !== undefined && codes.size === 1 ? only : 'LB_OPTIONS_INVALID'
}

function hintOf(problems: readonly Problem[]): string {
  const [first, ...others] = problems
  if (first?.advice !== undefined && others.length === 0) return first.advice
  const sources = [...new Set(problems.map(({ source }) => source))].join(', ')
  return `Correct them where they were set (${sources}); \`loadbench inspect\` then prints the resolved plan.`
}

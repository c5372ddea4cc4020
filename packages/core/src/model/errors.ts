/**
 * Every error loadbench raises by itself, with the exit code it ends the run with and what it means.
 * docs/errors.md lists exactly these; a test keeps both equal.
 */
export const ERROR_CODES = {
  LB_SCRIPT_NOT_FOUND: { exit: 104, meaning: 'The script file does not exist.' },
  LB_SCRIPT_SYNTAX: { exit: 104, meaning: 'The script cannot be read as TypeScript.' },
  LB_IMPORT_UNRESOLVED: { exit: 104, meaning: 'An import of the script leads nowhere.' },
  LB_SCRIPT_FAILED: { exit: 107, meaning: 'The script threw outside an iteration.' },
  LB_NO_EXEC: { exit: 104, meaning: 'A scenario names a function the script does not export.' },
  LB_OPTIONS_INVALID: { exit: 104, meaning: 'One or several options are wrong.' },
  LB_CONFIG_UNREADABLE: { exit: 104, meaning: 'The config file cannot be read.' },
  LB_THRESHOLD_INVALID: { exit: 104, meaning: 'A threshold cannot be read or names no metric.' },
  LB_NO_TARGET: { exit: 104, meaning: 'No address is known for a provider.' },
  LB_TARGET_INVALID: { exit: 104, meaning: 'The address of a target is no http(s) URL.' },
  LB_NO_CREDENTIALS: {
    exit: 104,
    meaning: 'No provider of the script can sign its requests.',
  },
  LB_CALL_INVALID: { exit: 107, meaning: 'A call was made with settings that cannot be sent.' },
  LB_INIT_ONLY: {
    exit: 107,
    meaning: 'Something was made inside an iteration that belongs to the top of the script.',
  },
  LB_METRIC_INVALID: {
    exit: 107,
    meaning: "A metric of the script has a bad name, one of loadbench's own, or contradicts another one.",
  },
  LB_SETUP_TIMEOUT: { exit: 100, meaning: 'setup() took longer than setupTimeout.' },
  LB_TEARDOWN_TIMEOUT: { exit: 101, meaning: 'teardown() took longer than teardownTimeout.' },
  LB_WORKER_DIED: { exit: 255, meaning: 'A worker thread ended before its shard was done.' },
  LB_RUN_NOT_FOUND: { exit: 104, meaning: 'There is no run folder at the path given.' },
  LB_RUN_UNREADABLE: { exit: 255, meaning: 'A run folder lacks what a report needs.' },
  LB_RUN_UNWRITABLE: { exit: 255, meaning: 'The run folder cannot be written.' },
  LB_OUTPUT_INVALID: {
    exit: 104,
    meaning: 'An --out names an output that does not exist or lacks its file.',
  },
  LB_OUTPUT_FAILED: { exit: 255, meaning: 'An output that was asked for failed during the run.' },
  LB_PLUGIN_INCOMPATIBLE: { exit: 104, meaning: 'A plugin speaks another version of the contract.' },
  LB_PLUGIN_NOT_FOUND: { exit: 104, meaning: 'A plugin is not installed, or is none.' },
  LB_TARGET_UNREACHABLE: { exit: 2, meaning: 'Nothing answers at the address that was probed.' },
  LB_SERVER_UNKNOWN: {
    exit: 1,
    meaning: 'Something answers at the address that was probed, but no provider knows it.',
  },
  LB_SIMULATOR_INVALID: {
    exit: 104,
    meaning: "The simulator's settings are wrong, or it does not speak a provider's protocol.",
  },
  LB_USAGE: { exit: 104, meaning: 'The command line is wrong.' },
  LB_PLAN_TOO_LARGE: {
    exit: 104,
    meaning: 'The plan needs more files, ports or memory than there is here.',
  },
  LB_INTERRUPTED: { exit: 105, meaning: 'The run was stopped by a signal.' },
} as const satisfies Readonly<Record<string, { exit: number; meaning: string }>>

export type ErrorCode = keyof typeof ERROR_CODES

const MARK = Symbol.for('loadbench.error')

/**
 * An error a person can act on: what was wrong where (`message`) and what to do about it (`hint`).
 * Thrown for a broken script, configuration or plugin only; a failed call is data, never this.
 */
export class LoadbenchError extends Error {
  readonly code: ErrorCode
  readonly hint: string
  readonly [MARK] = true

  constructor(code: ErrorCode, message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LoadbenchError'
    this.code = code
    this.hint = hint
  }

  /** The process's exit code when this error ends it. */
  get exitCode(): number {
    return ERROR_CODES[this.code].exit
  }

  /** Also true across two copies of loadbench in one process. */
  static is(error: unknown): error is LoadbenchError {
    return typeof error === 'object' && error !== null && MARK in error
  }
}

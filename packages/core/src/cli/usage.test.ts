import { describe, expect, it } from 'vitest'
import { usageError } from './usage.ts'

const FLAGS = ['vus', 'strict-health', 'target']

describe('a command line that is wrong', () => {
  it.each([
    ['run a.ts --vuss 3', 'Unknown argument: vuss', 'there is no flag --vuss; did you mean --vus?', 'run '],
    [
      'run a.ts --strict-helth',
      'Unknown arguments: strict-helth, strictHelth',
      'there is no flag --strict-helth; did you mean --strict-health?',
      'run ',
    ],
    ['run a.ts --no-colour', 'Unknown argument: colour', 'there is no flag --colour', 'run '],
    ['run a.ts -x', 'Unknown argument: x', 'there is no flag -x', 'run '],
    [
      'run a.ts --one=1 --two',
      'Unknown arguments: one, two',
      'there is no flag --one\nthere is no flag --two',
      'run ',
    ],
    ['run a.ts b.ts', 'Unknown argument: b.ts', '"b.ts" is one word too many', 'run '],
    [
      'run --quiet',
      'Not enough non-option arguments: got 0, need at least 1',
      'loadbench run needs a script',
      'run ',
    ],
    [
      'report',
      'Not enough non-option arguments: got 0, need at least 1',
      'loadbench report needs a run folder',
      'report ',
    ],
    ['runn a.ts', 'Did you mean run?', 'there is no command "runn"; did you mean "run"?', ''],
    ['xyz', 'Unknown argument: xyz', 'there is no command "xyz"', ''],
    [
      'spike.ts --simulate',
      'Unknown argument: spike.ts',
      'there is no command "spike.ts"; a script is run by: loadbench run spike.ts',
      '',
    ],
    ['run a.ts -t', 'Not enough arguments following: t', '-t has no value', 'run '],
    [
      'new --shape spke',
      'Invalid values:\n  Argument: shape, Given: "spke", Choices: "smoke", "spike"',
      'shape cannot be "spke"; did you mean "spike"?',
      'new ',
    ],
    [
      'new --shape x',
      'Invalid values:\n  Argument: shape, Given: "x", Choices: "smoke", "spike"',
      'shape cannot be "x"; it can be smoke, spike',
      'new ',
    ],
    ['', 'Name a command.', 'Name a command.', ''],
  ])('%s: says what and what was meant', (line, message, expected, help) => {
    const error = usageError(message, line.split(' ').filter(Boolean), FLAGS)
    expect(error).toMatchObject({ code: 'LB_USAGE', message: expected, hint: `See loadbench ${help}--help.` })
  })
})

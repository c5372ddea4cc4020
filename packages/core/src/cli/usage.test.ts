import { describe, expect, it } from 'vitest'
import { usageError } from './usage.ts'

const FLAGS = {
  vus: { alias: 'u' },
  'strict-health': { type: 'boolean' },
  target: { alias: 't', array: true },
  out: { array: true },
} as const

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
      'run a.ts --out csv=a.csv junit=b.xml',
      'Unknown argument: junit=b.xml',
      '"junit=b.xml" is one word too many: write --out before each',
      'run ',
    ],
    [
      'run a.ts --out=csv=a.csv junit=b.xml json=c',
      'Unknown arguments: junit=b.xml, json=c',
      '"junit=b.xml" is one word too many: write --out before each\n"json=c" is one word too many: write --out before each',
      'run ',
    ],
    [
      'run a.ts -t http://a http://b',
      'Unknown argument: http://b',
      '"http://b" is one word too many: write -t before each',
      'run ',
    ],
    ['run a.ts --vus 3 4', 'Unknown argument: 4', '"4" is one word too many', 'run '],
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

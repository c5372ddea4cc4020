import { expect, it } from 'vitest'
import { commandLine } from './shell.ts'

it.each([
  [['run', 'a.ts', '--target', 'http://gpu1:8000/v1'], 'loadbench run a.ts --target http://gpu1:8000/v1'],
  [['loadbench', 'run'], 'loadbench run'],
  [['run', '--simulate', '{"ttft":300}'], `loadbench run --simulate '{"ttft":300}'`],
  [['run', '-e', "NAME=it's $HOME", ''], String.raw`loadbench run -e 'NAME=it'\''s $HOME' ''`],
])('%j can be given to a shell again', (argv, line) => {
  expect(commandLine(argv)).toBe(line)
})

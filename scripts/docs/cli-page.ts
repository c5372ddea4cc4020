import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fenced, GENERATED } from './markdown.ts'

const BIN = fileURLToPath(new URL('../../packages/core/bin/loadbench.js', import.meta.url))

/** docs/reference/cli.md: what `--help` prints, of every command. Needs what was built. */
export function cliPage(): string {
  const whole = help()
  const commands = new Set(Array.from(whole.matchAll(/^ {2}loadbench (\w+)/gm), ([, name = '']) => name))
  return [
    GENERATED,
    '# Command line',
    'Every flag of `run` and `inspect` that sets an option goes before the environment, the script and the config file: ' +
      '[options](options.md). What each exit code means: [errors](../errors.md#every-code).',
    fenced('text', whole),
    ...Array.from(commands, (name) => `## ${name}\n\n${fenced('text', help(name))}`),
  ].join('\n\n')
}

/** What a terminal of 80 columns shows. */
function help(...command: readonly string[]): string {
  const { PATH = '' } = process.env
  return execFileSync(process.execPath, [BIN, ...command, '--help'], { encoding: 'utf8', env: { PATH } })
}

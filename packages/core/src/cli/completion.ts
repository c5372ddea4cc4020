import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs'
import { LoadbenchError } from '../model/errors.ts'
import { SHELL_SCRIPTS, type Shell } from './completion/shells.ts'

interface CompletionFlags {
  readonly shell: Shell | undefined
}

/** `loadbench completion` */
export const completionCommand: CommandModule<object, CompletionFlags> = {
  command: 'completion [shell]',
  describe: 'Print completion for bash, zsh or fish',
  builder: ((program: Argv) =>
    program
      .positional('shell', {
        choices: Object.keys(SHELL_SCRIPTS),
        describe: 'Default: the one that SHELL names',
      })
      .example('source <(loadbench completion bash)', 'In ~/.bashrc')
      .example('source <(loadbench completion zsh)', 'In ~/.zshrc, after compinit')
      .example('loadbench completion fish | source', 'In ~/.config/fish/config.fish')) as (
    program: Argv<object>,
  ) => Argv<CompletionFlags>,
  handler({ shell = shellOf(process.env['SHELL']) }: ArgumentsCamelCase<CompletionFlags>) {
    process.stdout.write(SHELL_SCRIPTS[shell])
  },
}

/** @throws LB_USAGE where the environment names none that is known. */
function shellOf(path = ''): Shell {
  const known = Object.keys(SHELL_SCRIPTS) as Shell[]
  const found = known.find((shell) => path.endsWith(`/${shell}`))
  if (found !== undefined) return found
  throw new LoadbenchError(
    'LB_USAGE',
    'loadbench completion needs the name of a shell',
    `Write one of: ${known.map((shell) => `loadbench completion ${shell}`).join(', ')}.`,
  )
}

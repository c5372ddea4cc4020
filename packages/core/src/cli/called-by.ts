/** How package managers run a command of the project: by what their agent's name begins with. */
const RUNNERS: readonly (readonly [agent: string, command: string])[] = [
  ['pnpm', 'pnpm exec loadbench'],
  ['yarn', 'yarn loadbench'],
  ['bun', 'bunx loadbench'],
  ['npm', 'npx loadbench'],
]

/**
 * The command as it was called, to be called again: below a package manager `loadbench` alone is not on the
 * path of the shell. @param env of the process.
 */
export function calledBy(env: Readonly<Record<string, string | undefined>>): string {
  const agent = env['npm_config_user_agent'] ?? ''
  const found = RUNNERS.find(([name]) => agent.startsWith(`${name}/`))
  return found?.[1] ?? 'loadbench'
}

/** A path as one argument for a shell. */
export function argument(path: string): string {
  return /^[\w./@:+,-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

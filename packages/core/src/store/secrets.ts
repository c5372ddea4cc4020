import type { Plan } from '../model/plan.ts'
import { isSecretName } from '../model/secret-name.ts'

const HIDDEN = '[removed]'

/** An address without user name and password. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  url.username = ''
  url.password = ''
  for (const name of Array.from(url.searchParams.keys())) {
    if (isSecretName(name)) url.searchParams.set(name, HIDDEN)
  }
  return url.href
}

/** A plan as it may be written to disk: values of secret-looking names in scenario `env` are gone. */
export function planWithoutSecrets(plan: Plan): Plan {
  const hide = ([name, value]: [string, string]): [string, string] => [
    name,
    isSecretName(name) ? HIDDEN : value,
  ]
  const scenarios = plan.scenarios.map((scenario) => ({
    ...scenario,
    env: Object.fromEntries(Object.entries(scenario.env).map(hide)),
  }))
  return { ...plan, scenarios }
}

/** `-e NAME=value`, `--env=NAME=value`, `-eNAME=value`, `--tag NAME=value`. */
const PAIR = /^(?:--?[\w-]+=|-e)?([A-Za-z_]\w*)=(.*)$/s
const JSON_FIELD = /"(\w+)"(\s*:\s*)"(?:[^"\\]|\\.)*"/g
const QUERY_FIELD = /([?&])([\w-]+)=[^&#\s]*/g

/** A command line without values of secret-looking names (in `-e NAME=value`, JSON and addresses) and without credentials. */
export function argumentsWithoutSecrets(argv: readonly string[]): string[] {
  return argv.map((argument) => {
    const [, name, value] = PAIR.exec(argument) ?? []
    if (name !== undefined && value !== undefined && isSecretName(name)) {
      return `${argument.slice(0, argument.length - value.length)}${HIDDEN}`
    }
    if (argument.includes('://')) return addressArgument(argument)
    return argument.replaceAll(JSON_FIELD, (field, key: string, colon: string) =>
      isSecretName(key) ? `"${key}"${colon}"${HIDDEN}"` : field,
    )
  })
}

function addressArgument(argument: string): string {
  return argument
    .replaceAll(/\/\/[^/@\s]*@/g, '//')
    .replaceAll(QUERY_FIELD, (field, mark: string, key: string) =>
      isSecretName(key) ? `${mark}${key}=${HIDDEN}` : field,
    )
}

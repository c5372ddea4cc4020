import type { Plan } from '../model/plan.ts'

const SECRET_NAME = /(key|token|secret|password|passwd|credential|authorization|auth)$/i
const HIDDEN = '[removed]'

/** An address without user name and password. */
export function withoutCredentials(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  url.username = ''
  url.password = ''
  for (const name of Array.from(url.searchParams.keys())) {
    if (SECRET_NAME.test(name)) url.searchParams.set(name, HIDDEN)
  }
  return url.href
}

/** A plan as it may be written to disk: values of secret-looking names in scenario `env` are gone. */
export function planWithoutSecrets(plan: Plan): Plan {
  const hide = ([name, value]: [string, string]): [string, string] => [
    name,
    SECRET_NAME.test(name) ? HIDDEN : value,
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
    if (name !== undefined && value !== undefined && SECRET_NAME.test(name)) {
      return `${argument.slice(0, argument.length - value.length)}${HIDDEN}`
    }
    if (argument.includes('://')) return addressArgument(argument)
    return argument.replaceAll(JSON_FIELD, (field, key: string, colon: string) =>
      SECRET_NAME.test(key) ? `"${key}"${colon}"${HIDDEN}"` : field,
    )
  })
}

function addressArgument(argument: string): string {
  return argument
    .replaceAll(/\/\/[^/@\s]*@/g, '//')
    .replaceAll(QUERY_FIELD, (field, mark: string, key: string) =>
      SECRET_NAME.test(key) ? `${mark}${key}=${HIDDEN}` : field,
    )
}

import { HIDDEN, withoutCredentials } from '../model/address.ts'
import type { Plan } from '../model/plan.ts'
import type { ServedModel, ServerInfo } from '../model/probe.ts'
import { isSecretName } from '../model/secret-name.ts'

export { withoutCredentials }

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

type Details = Readonly<Record<string, string | number | boolean>>

/** What a server tells about itself as it may be written to disk: some tell the key they were started with. */
export function infoWithoutSecrets(info: ServerInfo): ServerInfo {
  const { configuration, models, ...rest } = info
  return {
    ...rest,
    ...(configuration === undefined ? {} : { configuration: detailsWithoutSecrets(configuration) }),
    ...(models === undefined ? {} : { models: models.map(modelWithoutSecrets) }),
  }
}

function modelWithoutSecrets({ details, ...model }: ServedModel): ServedModel {
  return details === undefined ? model : { ...model, details: detailsWithoutSecrets(details) }
}

function detailsWithoutSecrets(details: Details): Details {
  const hide = ([name, value]: [string, string | number | boolean]) => [
    name,
    typeof value === 'string' && value !== '' && isSecretName(name) ? HIDDEN : value,
  ]
  return Object.fromEntries(Object.entries(details).map(hide)) as Details
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

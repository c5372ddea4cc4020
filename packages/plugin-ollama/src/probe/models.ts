import { isAmount, isObject, isText, type JsonObject, type ServedModel } from 'loadbench/plugin'

const LATEST = ':latest'

/**
 * The models a server has, loaded or not.
 * @param tags entries of `/api/tags`. @param running entries of `/api/ps`.
 */
export function servedModels(tags: readonly JsonObject[], running: readonly JsonObject[]): ServedModel[] {
  return tags.flatMap((entry) => {
    const id = nameOf(entry)
    if (id === undefined) return []
    const runner = running.find((each) => nameOf(each) === id)
    return [modelOf(id, entry, runner)]
  })
}

/** The name of an entry; older servers have no `model` beside `name`. */
export function nameOf({ name, model }: JsonObject): string | undefined {
  return isText(name) ? name : isText(model) ? model : undefined
}

function modelOf(id: string, entry: JsonObject, runner: JsonObject | undefined): ServedModel {
  const details = isObject(entry['details']) ? entry['details'] : {}
  const trained = details['context_length']
  // A loaded model has the context it was loaded with, which is often far below what it was trained for.
  const contextLength = runner?.['context_length'] ?? trained
  return {
    id,
    ...(id.endsWith(LATEST) ? { aliases: [id.slice(0, -LATEST.length)] } : {}),
    ...(isAmount(contextLength) && contextLength > 0 ? { contextLength } : {}),
    details: {
      ...texts({
        family: details['family'],
        parameter_size: details['parameter_size'],
        quantization: details['quantization_level'],
      }),
      ...amounts({ size: entry['size'], context_length: trained }),
      loaded: runner !== undefined,
      ...amounts({ size_vram: runner?.['size_vram'] }),
      ...texts({ expires_at: runner?.['expires_at'] }),
    },
  }
}

function texts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => isText(entry[1])),
  )
}

function amounts(values: JsonObject): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, number] => isAmount(entry[1])),
  )
}

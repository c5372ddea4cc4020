import { createRequire } from 'node:module'
import type * as Undici from 'undici'

export type { Dispatcher } from 'undici'
export type Connect = ReturnType<typeof Undici.buildConnector>

const require = createRequire(import.meta.url)

/** Where parts stand in undici's package that do without the rest of it. */
const ALONE = {
  Client: 'undici/lib/dispatcher/client.js',
  buildConnector: 'undici/lib/core/connect.js',
} as const

type Name = keyof typeof ALONE | 'EnvHttpProxyAgent'

/**
 * A part of undici, loaded when it is first asked for: the main thread, which makes a connection only where
 * setup() calls a model, starts faster without. undici's index loads all of `fetch`, and with it the copy
 * of undici inside Node: four times as long, in each thread. Its inner paths are no promise, so where
 * one is gone the index stands in.
 */
export function undici<One extends Name>(name: One): (typeof Undici)[One] {
  return (alone(name) ?? (require('undici') as typeof Undici)[name]) as (typeof Undici)[One]
}

function alone(name: Name): unknown {
  if (!isAlone(name)) return undefined
  try {
    return require(ALONE[name])
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined
    throw error
  }
}

function isAlone(name: Name): name is keyof typeof ALONE {
  return name in ALONE
}

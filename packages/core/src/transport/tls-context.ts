import { X509Certificate } from 'node:crypto'
import { createSecureContext, rootCertificates, type ConnectionOptions } from 'node:tls'
import type { TlsSettings } from '../model/provider.ts'

/** What a TLS socket is made with. */
export type TlsOptions = Pick<ConnectionOptions, 'secureContext' | 'servername' | 'rejectUnauthorized'>

const known = new Map<string, TlsOptions>()

/**
 * Reads TLS settings, once for all who have the same: with a `ca`, parsing the certificates takes tens of
 * milliseconds, in which the thread could measure nothing.
 * @throws Error saying what is wrong with a certificate or key.
 */
export function readTls(settings: TlsSettings): TlsOptions {
  const key = JSON.stringify(settings)
  let options = known.get(key)
  if (options === undefined) known.set(key, (options = read(settings)))
  return options
}

function read({ ca, cert, key, ...rest }: TlsSettings): TlsOptions {
  if (ca === undefined && cert === undefined && key === undefined) return rest
  // Node passes over a `ca` it cannot read.
  if (ca !== undefined) check('ca', () => new X509Certificate(ca))
  const secureContext = check('cert or key', () =>
    createSecureContext({
      // Node takes `ca` instead of its own certificates; a user who names one means it beside them.
      ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
    }),
  )
  return { ...rest, secureContext }
}

function check<T>(name: string, make: () => T): T {
  try {
    return make()
  } catch (error) {
    throw new Error(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

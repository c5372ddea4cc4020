import type { Inquiry, Reply } from '../protocol.ts'
import type { Settings } from '../schema.ts'
import { errorReply } from './errors.ts'
import { SIMULATOR_KEYS, verify } from './verify.ts'

/**
 * Lets in who bears an API key, any where `settings.apiKey` names none, or has signed the request for a
 * service with a pair of keys that is known.
 */
export function admitFor(service: string) {
  return (request: Inquiry, settings: Settings): Reply | undefined => {
    const { authorization = '' } = request.headers
    if (authorization.startsWith('Bearer ')) {
      const known = settings.apiKey === undefined || authorization === `Bearer ${settings.apiKey}`
      return known ? undefined : errorReply(INVALID_KEY)
    }
    const keys = { ...SIMULATOR_KEYS, ...settings.awsKeys }
    const error = verify(request, { service, keys, now: Date.now() })
    return error && errorReply(error)
  }
}

const INVALID_KEY = {
  status: 403,
  type: 'AccessDeniedException',
  message: 'Authentication failed: Please make sure your API Key is valid.',
}

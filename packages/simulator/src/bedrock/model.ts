import { unescape } from 'node:querystring'
import type { Inquiry } from '../protocol.ts'

/** The model's id or ARN: the second segment of the path, decoded. */
export function modelOf({ path }: Pick<Inquiry, 'path'>): string {
  return unescape(path.split('/')[2] ?? '')
}

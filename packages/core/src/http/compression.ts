import {
  brotliCompressSync,
  brotliDecompressSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateSync,
} from 'node:zlib'
import { invalid } from './invalid.ts'

interface Coding {
  encode(bytes: string | Uint8Array): Uint8Array
  decode(bytes: Uint8Array, limits: { readonly maxOutputLength: number }): Buffer
}

const CODINGS: Readonly<Record<string, Coding>> = {
  gzip: { encode: gzipSync, decode: gunzipSync },
  deflate: { encode: deflateSync, decode: inflateSync },
  br: { encode: brotliCompressSync, decode: brotliDecompressSync },
}

/** The codings a list such as `gzip, br` names, in the order they are applied. */
function codingsOf(list: string): string[] {
  return list.split(',').map((name) => name.trim().toLowerCase())
}

/**
 * Compresses a request's body.
 * @param list one coding or several: `gzip`, `deflate`, `br`.
 * @throws LB_CALL_INVALID for another one.
 */
export function compress(body: string | Uint8Array, list: string): string | Uint8Array {
  let bytes = body
  for (const name of codingsOf(list)) {
    const coding = CODINGS[name]
    if (coding === undefined) {
      throw invalid(
        `compression is ${JSON.stringify(list)}`,
        `Give one of: ${Object.keys(CODINGS).join(', ')}; or several, separated by commas.`,
      )
    }
    bytes = coding.encode(bytes)
  }
  return bytes
}

/**
 * Undoes the `content-encoding` of an answer. A coding that is not known leaves the bytes as they came.
 * @throws what zlib throws for bytes that are not what they say, or too many.
 */
export function decompress(body: Buffer, list: string | undefined, maxOutputLength: number): Buffer {
  let bytes = body
  if (list === undefined || bytes.length === 0) return bytes
  for (const name of codingsOf(list).toReversed()) {
    const coding = CODINGS[name]
    if (coding === undefined) return bytes
    bytes = coding.decode(bytes, { maxOutputLength })
  }
  return bytes
}

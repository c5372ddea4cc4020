import { invalid } from './invalid.ts'

/** A file inside a form, made by `http.file`. */
export class HttpFile {
  readonly data: string | ArrayBuffer | Uint8Array
  readonly filename: string
  readonly content_type: string

  /** @param filename default `file`. @param contentType default `application/octet-stream`. */
  constructor(
    data: string | ArrayBuffer | Uint8Array,
    filename = 'file',
    contentType = 'application/octet-stream',
  ) {
    this.data = data
    this.filename = filename
    this.content_type = contentType
  }
}

/** What a request may carry. An object is a form: URL-encoded, or multipart where a file is in it. */
export type HttpBody =
  | string
  | ArrayBuffer
  | Uint8Array
  | URLSearchParams
  | FormData
  | Readonly<Record<string, unknown>>
  | null

/** A body as it goes out. */
export interface EncodedBody {
  readonly bytes: string | Uint8Array
  /** What it is; absent for plain text and bytes, of which the script knows more. */
  readonly contentType?: string
  /** Whether no other `content-type` can be right: a multipart form names its boundary there. */
  readonly bound?: boolean
}

/**
 * Writes a body; a promise for a multipart form alone.
 * @throws LB_CALL_INVALID for what is none.
 */
export function encodeBody(body: HttpBody | undefined): EncodedBody | undefined | Promise<EncodedBody> {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string') return { bytes: body }
  if (body instanceof Uint8Array) return { bytes: body }
  if (body instanceof ArrayBuffer) return { bytes: new Uint8Array(body) }
  if (body instanceof URLSearchParams) return encodedForm(body)
  if (body instanceof FormData) return multipart(body)
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw invalid(
      `a request was given ${Array.isArray(body) ? 'a list' : `a ${typeof body}`} as its body`,
      'Give text, bytes, or an object of form fields; JSON goes through JSON.stringify.',
    )
  }
  const fields = Object.entries(body).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((one) => [name, one] as const),
  )
  return fields.some(([, value]) => value instanceof HttpFile)
    ? multipart(formOf(fields))
    : encodedForm(
        new URLSearchParams(fields.map(([name, value]): [string, string] => [name, textOf(name, value)])),
      )
}

function encodedForm(fields: URLSearchParams): EncodedBody {
  return { bytes: fields.toString(), contentType: 'application/x-www-form-urlencoded' }
}

/** Node's own fetch writes the form; nothing is fetched. */
async function multipart(form: FormData): Promise<EncodedBody> {
  const written = new Response(form)
  const contentType = written.headers.get('content-type') ?? ''
  return { bytes: new Uint8Array(await written.arrayBuffer()), contentType, bound: true }
}

function formOf(fields: readonly (readonly [name: string, value: unknown])[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) {
    if (value instanceof HttpFile) {
      const { data, filename, content_type: type } = value
      form.append(
        name,
        new File([typeof data === 'string' ? data : new Uint8Array(data)], filename, { type }),
        filename,
      )
    } else form.append(name, textOf(name, value))
  }
  return form
}

function textOf(field: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value)
  throw invalid(
    `the form field "${field}" is ${typeof value === 'object' ? 'an object' : `a ${typeof value}`}`,
    'A form holds text, numbers, lists of them and http.file(…); for JSON, send JSON.stringify(…).',
  )
}

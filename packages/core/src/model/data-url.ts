/** What a `data:` address holds. */
export interface DataUrl {
  /** `image/png`. */
  readonly mediaType: string
  readonly base64: string
}

/** Reads `data:image/png;base64,…`; `undefined` for any other address. */
export function readDataUrl(url: string): DataUrl | undefined {
  const [, mediaType, encoded, data] = /^data:([^;,]*)(?:;[^;,]*)*?(;base64)?,(.*)$/s.exec(url) ?? []
  if (data === undefined) return undefined
  const base64 = encoded === undefined ? Buffer.from(decodeURIComponent(data)).toString('base64') : data
  return { mediaType: mediaType || 'text/plain', base64 }
}

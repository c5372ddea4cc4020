/** `/v1` for an address without a path; any other path is the base itself, as in OpenAI's clients. */
export function basePath(target: URL): string {
  return withoutSlash(target.pathname) || '/v1'
}

/** A path without the slashes at its end; `''` for one of nothing else. */
export function withoutSlash(path: string): string {
  let end = path.length
  while (end > 0 && path[end - 1] === '/') end -= 1
  return path.slice(0, end)
}

/** An endpoint may be written with the beginning of the path that follows it. */
export function azureBase(pathname: string): string {
  return withoutSlash(pathname).replace(/\/openai(\/v1)?$/, '')
}

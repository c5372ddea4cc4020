/**
 * The path all routes of TGI hang off: that of the target, without a slash at its end and without the
 * `/v1` of addresses written for OpenAI clients.
 */
export function rootPath(target: URL): string {
  return target.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
}

/** The address of the routes TGI has in common with OpenAI. */
export function openaiTarget(target: URL): URL {
  const address = new URL(target)
  address.pathname = `${rootPath(target)}/v1`
  return address
}

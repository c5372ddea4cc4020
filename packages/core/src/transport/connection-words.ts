/** `said`: the system's own words, kept where they can be searched for. */
type Explain = (said: string) => string

const UNTRUSTED: Explain = (said) =>
  `nobody this machine trusts signed the server's certificate; name its authority in tls.ca of the client (${said})`

const NO_TLS: Explain = () =>
  'what answers there speaks no TLS; is the address to begin with http:// instead of https://?'

/** Node adds which local address it asked for, which for a client is none. */
const LOCAL_END = / - Local \(.*\)$/

const NO_FILES: Explain = (said) =>
  `this machine may open no more files and sockets; raise ulimit -n, or lower the load (${said})`

/** By the code of the error, as Node, OpenSSL and undici give it. */
const EXPLAINED: Readonly<Record<string, Explain>> = {
  ENOTFOUND: (said) => `no name server knows this host; check the address of the target (${said})`,
  EAI_AGAIN: (said) => `no name server answered; check the network of this machine (${said})`,
  EMFILE: NO_FILES,
  ENFILE: NO_FILES,
  EADDRNOTAVAIL: (said) =>
    `this machine has no local port left for the connection; use fewer connections, or a second machine (${said})`,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  ERR_TLS_CERT_ALTNAME_INVALID: (said) =>
    `the server's certificate is for another name; correct the address, or set tls.servername of the client (${said})`,
  CERT_HAS_EXPIRED: (said) =>
    `the server's certificate has expired; renew it, or correct the clock of this machine (${said})`,
  CERT_NOT_YET_VALID: (said) =>
    `the server's certificate is not valid yet; correct the clock of this machine (${said})`,
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_TLS,
  UND_ERR_HEADERS_OVERFLOW: () => 'the head of the answer is larger than 16 KB',
}

/**
 * What a failed connection is told as: in words that say what to do, where the system's own are for those who
 * know it. A message without such words is left as it is.
 */
export function connectionWords(code: string | undefined, said: string): string {
  const explain = code === undefined ? undefined : EXPLAINED[code]
  return explain === undefined ? said : explain(said.replace(LOCAL_END, ''))
}

/** A pair of keys, with the token of a session where they belong to one. */
export interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Who signs, and where. What is left out comes from the environment and `~/.aws`, as in AWS's own tools. */
export interface AwsSettings {
  /** Default: the region in the address's host, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's. */
  readonly region?: string
  /** Profile of `~/.aws/config` and `~/.aws/credentials`. Default: `AWS_PROFILE`, then `default`. */
  readonly profile?: string
  /**
   * Fixed keys. Default: those of the profile named, else what AWS's default chain finds: environment, SSO,
   * profile, process, web identity, container, instance.
   */
  readonly credentials?: AwsKeys
  /** Calls the FIPS endpoint. Default: `AWS_USE_FIPS_ENDPOINT`, else `false`. */
  readonly useFips?: boolean
  /** Calls the endpoint that also has IPv6. Default: `AWS_USE_DUALSTACK_ENDPOINT`, else `false`. */
  readonly useDualstack?: boolean
  /**
   * Bedrock API key, sent instead of a signature. Default: `AWS_BEARER_TOKEN_BEDROCK`, unless
   * `credentials` are given; `''` sends none. Bedrock only.
   */
  readonly bearerToken?: string
}

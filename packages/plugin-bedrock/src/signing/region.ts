import type { AwsSettings } from './settings.ts'

/** `bedrock-runtime.us-east-1.amazonaws.com`, also behind the name of a VPC endpoint. */
const IN_HOST = /(?:^|\.)(?:bedrock|runtime|sagemaker)[a-z.-]*\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\./

/** The region an AWS host is in; `undefined` for any other host. */
export function regionInHost(hostname: string): string | undefined {
  return IN_HOST.exec(hostname)?.[1]
}

/**
 * The region to call: that of the settings, of `AWS_REGION`, of `AWS_DEFAULT_REGION`, of the profile.
 * `undefined`: none of them says one.
 */
export async function regionOf({ region, profile }: AwsSettings): Promise<string | undefined> {
  return (
    region ||
    process.env['AWS_REGION'] ||
    process.env['AWS_DEFAULT_REGION'] ||
    (await regionOfProfile(profile))
  )
}

async function regionOfProfile(profile: string | undefined): Promise<string | undefined> {
  const { getProfileName, loadSharedConfigFiles } = await import('@smithy/core/config')
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const name = getProfileName(profile === undefined ? {} : { profile })
  return configFile[name]?.['region'] || credentialsFile[name]?.['region'] || undefined
}

/** For tests of providers. */
export { decodeResponse, everySplit, type DecodedResponse } from './testing/decode-response.ts'
export type {
  FailedAnswer,
  GoodAnswer,
  Lack,
  ProviderAnswers,
  RecordedAnswer,
} from './testing/provider-answers.ts'
export { testProvider, type ProviderTests, type RegisterTest } from './testing/test-provider.ts'

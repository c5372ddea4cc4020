/** For tests of providers. */
export { decodeResponse, everySplit, type DecodedResponse } from './testing/decode-response.ts'

/**
 * Colours (CSI … m) are caught first, so that they can pass; then other control sequences, carriage
 * returns, and every control character but line break and tab.
 */
const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- these are what must not reach the terminal
  /(\u001B\[[\d;:]*m)|\u001B[[\]()][\d;?]*[ -/]*[@-~]?|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g

/** Text of scripts and servers without what would move the cursor or change the terminal. */
export function safeText(text: string): string {
  return text.replaceAll(CONTROLS, (_, colour: string | undefined) => colour ?? '')
}

/** Different messages of one class of failures that are counted apart. */
export const MOST_MESSAGES = 20
/** Characters of a message that tell it from others. */
const LONGEST = 200

/** How often messages of one kind came in an interval. */
export interface MessageDelta {
  /** See `messageText`. */
  readonly text: string
  readonly count: number
  /** Others with the same `messageTemplate` are counted with it; before that a shard counted twenty messages apart. */
  readonly like?: true
}

/** What of a message tells it from others: its beginning. */
export function messageText(message: string): string {
  return message.length > LONGEST ? message.slice(0, LONGEST) : message
}

/** A message without what is different each time: every word with a digit in it, so numbers and most ids, is `#`. */
export function messageTemplate(text: string): string {
  return text.replaceAll(/[\w-]+/g, (word) => (/\d/.test(word) ? '#' : word)).replaceAll(/#(?:[.:,]#)+/g, '#')
}

/** The same of what was thrown: its message; the lines of the script that led to it stay as they are. */
export function stackTemplate(stack: string): string {
  const [message = '', ...places] = stack.split('\n    at ')
  return [messageTemplate(message), ...places].join('\n    at ')
}

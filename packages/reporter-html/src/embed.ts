const UNSAFE = /[<>&\u2028\u2029]/g

/**
 * A value as JSON that may stand inside a `<script>` element: no text in it can end the element or
 * open a comment. `JSON.parse` gives the value back unchanged.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

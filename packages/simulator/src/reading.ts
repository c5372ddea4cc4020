import type { z } from 'zod'

/** Prompt tokens of so many characters: about four to the token, and at least one. */
export function tokensOfLength(characters: number): number {
  return Math.max(1, Math.ceil(characters / 4))
}

/** The first thing wrong with a body, in a sentence. */
export function complaint(error: z.ZodError): { readonly complaint: string } {
  const [issue] = error.issues
  return { complaint: `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is not valid'}` }
}

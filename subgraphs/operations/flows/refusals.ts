import type { Outcome } from '#domain/failure.ts'

/** A thing that is named and that there is not. */
export const missing = (field: string, message: string): Outcome<never> => ({
  violations: [{ code: 'REFERENCE_MISSING', field, message }],
})

import type { Violation, ViolationCode } from '#domain/failure.ts'

/** A refusal for one reason. */
export const refused = (
  code: ViolationCode,
  field: string,
  message: string,
): { readonly violations: readonly Violation[] } => ({
  violations: [{ code, field, message }],
})

/** Nobody told billing the code by which a legal entity numbers its documents. */
export const NO_SERIES = refused(
  'REFERENCE_MISSING',
  'legalEntityId',
  'The legal entity has no code to number by',
)

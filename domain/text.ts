/** Texts that callers give: names, references, addresses. What is longer is no such thing. */
import { type Violation, violationIf } from './failure.ts'

/** Most characters of one text. */
const MAX_TEXT_CHARACTERS = 1_000

/** What is wrong with the length of a text, or of one in an object or list, each told with its path. */
export function checkLength(value: unknown, field: string): Violation[] {
  if (typeof value === 'string') {
    const message = `At most ${MAX_TEXT_CHARACTERS} characters`
    return violationIf(value.length > MAX_TEXT_CHARACTERS, 'TEXT_TOO_LONG', field, message)
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) =>
    checkLength(part, field === '' ? name : `${field}.${name}`),
  )
}

/**
 * Dates as text and back. Making a Temporal value and writing it costs microseconds in today's runtimes, while a
 * business has few distinct days: so each is made once and shared, which its immutability allows.
 */

/** How many distinct values of a kind are kept. */
const MAX_KEPT = 20_000

const texts = new WeakMap<object, string>()

/** The same value for the same text, as long as it is kept. */
function shared<Value extends object>(parse: (text: string) => Value): (text: string) => Value {
  const kept = new Map<string, Value>()
  return (text) => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const value = parse(text)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(text, value)
    return value
  }
}

export const parseDate = shared((text) => Temporal.PlainDate.from(text))
export const parseYearMonth = shared((text) => Temporal.PlainYearMonth.from(text))
export const parseInstant = shared((text) => Temporal.Instant.from(text))

/** The ISO 8601 text of a date, month or instant. */
export function dateText(value: Temporal.PlainDate | Temporal.PlainYearMonth | Temporal.Instant): string {
  const known = texts.get(value)
  if (known !== undefined) return known
  const text = value.toString()
  texts.set(value, text)
  return text
}

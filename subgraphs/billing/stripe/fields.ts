/** A JSON object as Stripe sent it, of whatever API version: nothing about its fields is taken for granted. */
export type StripeObject = Readonly<Record<string, unknown>>

/** A field without which the object cannot be mapped is absent or not of its type. */
export class InvalidField extends Error {
  readonly path: string
  readonly value: unknown

  constructor(path: string, value: unknown) {
    super(`${path} cannot be read`)
    this.path = path
    this.value = value
  }
}

/** Whether a value is a JSON object, not a list. */
export function isObject(value: unknown): value is StripeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Text; null where the field is absent, null or empty. */
export function text(object: StripeObject, field: string): string | null {
  const value = object[field] ?? null
  if (value === null || value === '') return null
  if (typeof value !== 'string') throw new InvalidField(field, value)
  return value
}

/** Text that must be there. */
export function requiredText(object: StripeObject, field: string): string {
  return text(object, field) ?? fail(object, field)
}

/** A whole number, exact; null where the field is absent. A number beyond what JSON carries exactly is refused. */
export function integer(object: StripeObject, field: string): bigint | null {
  const value = object[field] ?? null
  if (value === null) return null
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new InvalidField(field, value)
  return BigInt(value)
}

/** A whole number that must be there. */
export function requiredInteger(object: StripeObject, field: string): bigint {
  return integer(object, field) ?? fail(object, field)
}

/** A whole number that was sent as text; null where the field is absent. */
export function wholeText(object: StripeObject, field: string): bigint | null {
  const value = text(object, field)
  if (value !== null && !/^-?\d+$/.test(value)) throw new InvalidField(field, value)
  return value === null ? null : BigInt(value)
}

/** A calendar date that was sent as text; null where the field is absent. */
export function plainDate(object: StripeObject, field: string): Temporal.PlainDate | null {
  const value = text(object, field)
  try {
    return value === null ? null : Temporal.PlainDate.from(value)
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidField(field, value)
    throw error
  }
}

/** A decimal sent as text or as a JSON number, in plain notation; null where absent. */
export function decimal(object: StripeObject, field: string): string | null {
  const value = object[field] ?? null
  if (value === null) return null
  const plain = typeof value === 'number' ? String(value) : value
  if (typeof plain !== 'string' || !/^-?\d+(\.\d+)?$/.test(plain)) throw new InvalidField(field, value)
  return plain
}

/** True only where Stripe says so. */
export function flag(object: StripeObject, field: string): boolean {
  return object[field] === true
}

/** A nested object; null where there is none. */
export function child(object: StripeObject, field: string): StripeObject | null {
  const value = object[field]
  return isObject(value) ? value : null
}

/** A nested object by a path of fields; null where one of them is absent. */
export function descendant(object: StripeObject, ...path: readonly string[]): StripeObject | null {
  return path.reduce<StripeObject | null>((at, field) => (at === null ? null : child(at, field)), object)
}

/** The members of a list object or of a plain array; none where the field is absent. */
export function members(object: StripeObject, field: string): readonly StripeObject[] {
  const value = object[field]
  const list = isObject(value) ? value['data'] : value
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** The id of another object, which Stripe sends as text or expanded; null where there is none. */
export function reference(object: StripeObject, field: string): string | null {
  const value = object[field] ?? null
  return isObject(value) ? text(value, 'id') : text(object, field)
}

function fail(object: StripeObject, field: string): never {
  throw new InvalidField(field, object[field])
}

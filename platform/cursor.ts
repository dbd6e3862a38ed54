import { publicError } from './errors.ts'

/** Types of columns that lists are sorted by, as PostgreSQL names them. */
export type SortType = 'text' | 'date' | 'timestamptz' | 'bigint'

/** Where a cursor points: a sort value as PostgreSQL writes it, and the id that breaks ties. */
export interface Position {
  readonly value: string
  readonly id: string
}

/** What a cursor is valid for: one list of one parent in one order. */
export const cursorScope = (
  list: { readonly name: string },
  parentId: string | null,
  order: { readonly field: string; readonly direction: string },
): string => [list.name, parentId ?? '', order.field, order.direction].join(' ')

/** The opaque text of a position. */
export const writeCursor = (scope: string, { value, id }: Position): string =>
  Buffer.from(JSON.stringify([scope, value, id])).toString('base64url')

const MAX_CURSOR_CHARACTERS = 1_000

/**
 * The position that a client sent back. CURSOR_INVALID for one that is damaged, belongs to another scope, or points
 * to a value that the sort column cannot have.
 */
export function readCursor(cursor: string, scope: string, type: SortType): Position {
  const parts = cursor.length > MAX_CURSOR_CHARACTERS ? undefined : decode(cursor)
  if (parts === undefined) throw damaged()
  const [ownScope, value, id] = parts
  if (ownScope !== scope) {
    throw publicError(
      'CURSOR_INVALID',
      'The cursor belongs to another list, or to this list in another order.',
    )
  }
  if (!isSortValue[type](value) || !isText(id)) throw damaged()
  return { value, id }
}

const damaged = (): Error =>
  publicError('CURSOR_INVALID', 'The cursor is damaged: send one back as it was given.')

function decode(cursor: string): [string, string, string] | undefined {
  const decoded = attempt(() => JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown)
  const isCursor =
    Array.isArray(decoded) && decoded.length === 3 && decoded.every((part) => typeof part === 'string')
  return isCursor ? (decoded as [string, string, string]) : undefined
}

const dateText = /^(?!0000)\d{4}-\d\d-\d\d$/
const instantText = /^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/
const integerText = /^-?\d{1,19}$/

/** PostgreSQL would refuse any other text for the type, as if the mistake were ours. */
const isSortValue: Readonly<Record<SortType, (text: string) => boolean>> = {
  text: isText,
  date: (text) => dateText.test(text) && attempt(() => Temporal.PlainDate.from(text)) !== undefined,
  timestamptz: (text) => instantText.test(text) && attempt(() => Temporal.Instant.from(text)) !== undefined,
  bigint: (text) => integerText.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
}

function isText(text: string): boolean {
  return !text.includes('\u0000')
}

/** Undefined for what cannot be parsed: the caller tells the client. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
}

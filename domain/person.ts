/** What people say of themselves and of their reasons, before there is authentication. */
import { type Violation, violationIf } from './failure.ts'

/** Who a caller is that names nobody. */
export const ANYBODY = 'anonymous'

/** Most characters of a name. */
const MAX_NAME_CHARACTERS = 200
/** Most characters of a reason. */
const MAX_REASON_CHARACTERS = 500

/**
 * Whether two names are of one person as far as a name tells: however it is typed, wide or narrow, with capitals,
 * spaces or characters that nobody sees.
 */
export const isSamePerson = (name: string, other: string): boolean => spelled(name) === spelled(other)

const spelled = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
    .toLowerCase()

/** What is wrong with a reason: it must be told, within its length. */
export const checkReason = (reason: string): Violation[] => [
  ...violationIf(reason.trim() === '', 'REASON_MISSING', 'reason', 'Tell why'),
  ...violationIf(
    reason.length > MAX_REASON_CHARACTERS,
    'TEXT_TOO_LONG',
    'reason',
    `At most ${MAX_REASON_CHARACTERS} characters`,
  ),
]

/** What is wrong with a name that need not be given. */
export const checkName = (name: string | null, field: string): Violation[] => [
  ...violationIf(name !== null && spelled(name) === '', 'ACTOR_MISSING', field, 'Name somebody'),
  ...violationIf(
    (name ?? '').length > MAX_NAME_CHARACTERS,
    'TEXT_TOO_LONG',
    field,
    `At most ${MAX_NAME_CHARACTERS} characters`,
  ),
]

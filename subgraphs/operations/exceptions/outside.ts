/** Exceptions of effects in outside systems: what a person found there, and what must not be done before she looked. */
import type { Outcome, Violation } from '#domain/failure.ts'
import { effectKeyOf, stuckTurn, type Workflow } from '#domain/workflow.ts'
import type { UnitOfWork } from '#platform/command.ts'
import {
  customerSubject,
  type PossibleEffect,
  readPossible,
  readSharedInDoubt,
  withdrawEffect,
} from '../effect-store.ts'
import { decideUnknown } from '../effects/decide-unknown.ts'

const MAX_ID_CHARACTERS = 200

/** What happened outside, or may have, at the turn where a workflow is stuck; what to look at comes first. */
async function possibleEffects(unit: UnitOfWork, workflow: Workflow): Promise<readonly PossibleEffect[]> {
  const turn = stuckTurn(workflow)
  return turn === undefined ? [] : readPossible(unit, effectKeyOf(turn))
}

/** What another workflow asked for first and this one waits for as well: the customer in an outside system. */
const sharedInDoubt = async (
  unit: UnitOfWork,
  { customerId, failure }: Workflow,
): Promise<readonly PossibleEffect[]> =>
  customerId !== null && failure?.code === 'OUTCOME_UNKNOWN'
    ? readSharedInDoubt(unit, customerSubject(customerId))
    : []

/**
 * Refuses to give up or change what may have happened outside: nobody would know of it any more. What was made and is
 * voided there by a person's word, who names it as `voidedId`, may be given up; one of several documents may not, nor
 * one that is noted here.
 */
export async function refusePossible(
  unit: UnitOfWork,
  workflow: Workflow,
  voidedId: string | null = null,
): Promise<Outcome<null>> {
  const [effect, ...others] = await possibleEffects(unit, workflow)
  if (effect === undefined) return { value: null }
  const { externalId, system } = effect
  if (externalId === null)
    return refused(
      'STATUS_FORBIDS',
      'action',
      `It may have happened in ${system}: find out, then ADOPT or SEND_AGAIN`,
    )
  const noted = [effect, ...others].find(({ isNoted }) => isNoted)
  if (noted !== undefined) return refused('STATUS_FORBIDS', 'action', goesOn(noted))
  return voidedId === externalId && others.length === 0
    ? { value: null }
    : refused('STATUS_FORBIDS', 'action', voidFirst(system, externalId))
}

const goesOn = ({ system, externalId }: PossibleEffect): string =>
  `${externalId} of ${system} is noted here, and stays: from there on it only goes forwards`

const voidFirst = (system: string, externalId: string): string =>
  `${system} made ${externalId} for it: void that there, then SEND_AGAIN or COMPENSATE with its id`

/**
 * Takes a person's word that nothing was made, or that she voided what was: `voidedId` is its id. It is sent again;
 * where the system can be searched, only once it is not found there.
 */
export async function sendAgain(
  unit: UnitOfWork,
  workflow: Workflow,
  voidedId: string | null,
): Promise<Outcome<unknown>> {
  const effects = await possibleEffects(unit, workflow)
  const noted = effects.find(({ isNoted, externalId }) => isNoted && externalId === voidedId)
  const [effect] = effects.filter(({ isNoted }) => !isNoted)
  if (noted !== undefined)
    return refused('STATUS_FORBIDS', 'externalId', `${goesOn(noted)}. ${whatToName(effect)}`)
  if (effect === undefined || effect.externalId === null) return settleOutcome(unit, workflow, null)
  if (voidedId !== effect.externalId) return refused('REFERENCE_MISSING', 'externalId', whatToName(effect))
  await withdrawEffect(unit, effect)
  return { value: null }
}

/** What a person may name of what is not noted here. */
function whatToName(effect: PossibleEffect | undefined): string {
  if (effect === undefined) return 'Nothing else was made: RETRY has it tried again'
  const { system, externalId } = effect
  return externalId === null
    ? `Whether ${system} made the next one is in doubt: SEND_AGAIN without an id where it did not`
    : voidFirst(system, externalId)
}

/** What a person found in an outside system. */
interface Found {
  readonly externalId: string
  /** Of a numbered document, where she tells it. */
  readonly number: string | null
}

const NOTHING_IN_DOUBT = 'Nothing that happens in an outside system is in doubt: RETRY has it tried again'

const isName = (text: string): boolean => text.trim() !== '' && text.length <= MAX_ID_CHARACTERS

/** Takes a person's word for what she found: what was made, or null where nothing was. */
export async function settleOutcome(
  unit: UnitOfWork,
  workflow: Workflow,
  made: Found | null,
): Promise<Outcome<unknown>> {
  if (made !== null && !isName(made.externalId))
    return refused(
      'REFERENCE_MISSING',
      'externalId',
      `The id of what was made, of 1 to ${MAX_ID_CHARACTERS} characters`,
    )
  if (made !== null && made.number !== null && !isName(made.number))
    return refused(
      'REFERENCE_MISSING',
      'documentNumber',
      `Its number, of 1 to ${MAX_ID_CHARACTERS} characters`,
    )
  const possible = await possibleEffects(unit, workflow)
  const [effect] = [...possible.filter(({ isNoted }) => !isNoted), ...(await sharedInDoubt(unit, workflow))]
  if (effect === undefined) return refused('STATUS_FORBIDS', 'action', NOTHING_IN_DOUBT)
  const found = made && {
    externalId: made.externalId,
    url: null,
    details: made.number === null ? {} : { number: made.number },
  }
  const { violations } = await decideUnknown(unit, effect, found)
  return violations === undefined
    ? { value: null }
    : { violations: violations.map((each) => ({ ...each, field: 'action' })) }
}

const refused = (code: Violation['code'], field: string, message: string) => ({
  violations: [{ code, field, message }],
})

/** A step whose system is mastered outside: its effect happens there first, then in our own store, under one key. */
import type { OutsideDocument } from '#domain/effect.ts'
import type { ExternalRef } from '#domain/entity.ts'
import type { Outcome } from '#domain/failure.ts'
import type { Connector } from '#platform/connector.ts'
import { OutcomeUnknown, SystemUnavailable } from '../workflows/carry-out.ts'
import type { StepEffect } from '../workflows/flow.ts'
import type { Carried, EffectRequest } from './carry-out.ts'

/** What is to be done outside, and how the system calls what it makes for it. */
export interface OutsideStep {
  readonly connector: Connector
  readonly operation: string
  readonly payload: EffectRequest['payload']
  readonly identity?: EffectRequest['identity']
  /** `refund` */
  readonly objectType: string
}

/** How an effect gets there. */
interface OutsideWay {
  readonly carryOut: (connector: Connector, request: EffectRequest) => Promise<Carried>
  /** Keeps that our own store has what was made. */
  readonly note: (connector: Connector, effectKey: string) => Promise<void>
}

/**
 * Has an effect outside, and then states in our own store what was made there. Refused outside, it is refused
 * (OUTSIDE_REFUSED) and nothing has happened; what cannot be told is thrown, for the workflow to ask again or a person
 * to look. What happened outside and is refused by our own store is for a person too: nobody must take it for undone.
 */
export async function outsideFirst<Result>(
  { carryOut, note }: OutsideWay,
  step: OutsideStep,
  effect: StepEffect,
  own: (madeAs: ExternalRef, details: OutsideDocument['details']) => Promise<Outcome<Result>>,
): Promise<Outcome<Result>> {
  const { value: made, violations } = await madeOutside(carryOut, step, effect)
  if (violations !== undefined) return { violations }
  const outcome = await own(made.madeAs, made.details)
  if (outcome.violations === undefined) {
    await note(step.connector, effect.effectKey)
    return outcome
  }
  const reasons = outcome.violations.map(({ code, message }) => `${message} (${code})`).join('; ')
  const { name } = step.connector
  throw new OutcomeUnknown(`${name} made ${made.madeAs.externalId}, which our own store refuses: ${reasons}`)
}

/** What an outside system made, and what it says of it beside its id. */
interface MadeOutside extends Pick<OutsideDocument, 'details'> {
  readonly madeAs: ExternalRef
}

/** Has an effect outside, and names what was made there. Refused and untold as by `outsideFirst`. */
export async function madeOutside(
  carryOut: OutsideWay['carryOut'],
  { connector, identity, objectType, operation, payload }: OutsideStep,
  { effectKey, revision, traceparent }: StepEffect,
): Promise<Outcome<MadeOutside>> {
  const trace = traceparent === null ? {} : { traceparent }
  const request = { effectKey, operation, payload, identity, revision, ...trace }
  const carried = await carryOut(connector, request)
  const { name } = connector
  switch (carried.kind) {
    case 'REFUSED':
      return refusedBy(name, carried)
    case 'UNKNOWN':
      throw new OutcomeUnknown(carried.message)
    case 'UNAVAILABLE':
      throw new SystemUnavailable(`${name}: ${carried.message}`, carried.retryAfterMs, carried.inDoubt)
    case 'APPLIED': {
      const madeAs = refOf(connector, objectType, carried.document)
      return { value: { madeAs, details: carried.document.details } }
    }
  }
}

const refusedBy = (
  name: string,
  { code, message }: Extract<Carried, { kind: 'REFUSED' }>,
): Outcome<never> => ({
  violations: [{ code: 'OUTSIDE_REFUSED', field: '', message: `${name}: ${message} (${code})` }],
})

/** Nothing was told of its versions yet: whatever the system says of it later is newer. */
const refOf = (
  { naming: { system, instance } }: Connector,
  objectType: string,
  { externalId, url }: OutsideDocument,
): ExternalRef => ({ system, instance, objectType, externalId, url, sourceVersion: 0n })

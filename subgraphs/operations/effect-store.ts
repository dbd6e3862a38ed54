import type { OutsideDocument, OutsideEffect } from '#domain/effect.ts'
import type { Database, Queryable } from '#platform/database.ts'
import { toJson } from '#platform/json.ts'

/** What is to be done where, before anything of it is done. */
export interface Intent {
  /** Name of the connector. */
  readonly system: string
  readonly effectKey: string
  readonly operation: string
  readonly requestHash: string
  /** How often it was asked for again after a refusal. */
  readonly revision: number
}

/** An effect as it is kept. */
export interface StoredEffect extends OutsideEffect {
  readonly operation: string
  readonly requestHash: string
  /** That of the newest sending: each has an idempotency key of its own. */
  readonly revision: number
  /** Why it was refused, by the system's code; null where it was not. */
  readonly refusalCode: string | null
  /** What the outside system made; null until that is known. */
  readonly document: OutsideDocument | null
  /** What was in the way the last time; null where nothing was. */
  readonly message: string | null
}

/** An effect as it was found, and whether it is ours to work on now. */
export interface Claim {
  readonly effect: StoredEffect
  readonly isOurs: boolean
  /** How long nobody is to try; 0 where one may, or somebody does. */
  readonly waitMs: number
  /** When it was looked at, by the clock that all processes share. */
  readonly now: Temporal.Instant
}

/** What is tried. `afresh`: nothing that was sent before can have its effect any more. */
export type EffectTry =
  | { readonly kind: 'FIND' }
  | { readonly kind: 'SEND'; readonly revision: number; readonly timeoutMs: number; readonly afresh: boolean }

/** How a try ended that did not show that the effect happened. */
export interface Ended {
  readonly status: 'OPEN' | 'REFUSED' | 'UNKNOWN'
  readonly inDoubt: boolean
  readonly delayMs: number
  readonly refusalCode: string | null
  readonly message: string
}

/** One try of ours, under the lease of its claim. */
export interface Hold {
  readonly intent: Intent
  readonly lease: string
  /** ASK: nothing can be tried. */
  readonly kind: 'SEND' | 'FIND' | 'ASK'
  /** Of the try, from 1; 0 where nothing is tried. */
  readonly number: number
}

/** Keeps effects. Whoever lost the lease changes nothing, unless it knows that the effect happened. */
export interface EffectStore {
  /** Notes the intent, and takes the effect until the lease ends where it is open, due and nobody has it. */
  readonly claim: (intent: Intent, lease: string, leaseMs: number) => Promise<Claim>
  /** Before anything leaves: from now on it may happen. Undefined where the lease was lost. */
  readonly begin: (
    intent: Intent,
    lease: string,
    leaseMs: number,
    what: EffectTry,
  ) => Promise<Hold | undefined>
  /** Notes what was found, and goes on under the same lease. */
  readonly note: (hold: Hold, answer: string) => Promise<void>
  /** Ends the try and the lease. False where the lease was lost: another decides. */
  readonly end: (hold: Hold, answer: string, ended: Ended) => Promise<boolean>
  /** It happened: whoever knows that says so. Gives what is kept, which another may have found out before. */
  readonly apply: (hold: Hold, document: OutsideDocument) => Promise<OutsideDocument>
}

const COLUMNS = `e.operation, e.request_hash AS "requestHash", e.status, e.revision, e.message,
  e.refusal_code AS "refusalCode",
  e.first_sent_at AS "firstSentAt", e.sent_until AS "sentUntil", e.in_doubt_since AS "inDoubtSince",
  CASE WHEN e.external_id IS NOT NULL
    THEN jsonb_build_object('externalId', e.external_id, 'url', e.url, 'details', e.details) END AS document`

/** Effects in PostgreSQL, each statement a transaction of its own: it is committed before anything else is done. */
export function effectStore(db: Database): EffectStore {
  return {
    claim: (intent, lease, leaseMs) => claim(db, intent, lease, leaseMs),
    begin: (intent, lease, leaseMs, what) => begin(db, { intent, lease }, leaseMs, what),
    note: (hold, answer) => note(db, hold, answer),
    end: (hold, answer, ended) => end(db, hold, answer, ended),
    apply: (hold, document) => apply(db, hold, document),
  }
}

async function claim(db: Database, intent: Intent, lease: string, leaseMs: number): Promise<Claim> {
  const { system, effectKey, operation, requestHash, revision } = intent
  // One instant for all conditions: that of the statement, which is no later than when it gets at the row.
  const isFree = `e.status <> 'APPLIED' AND e.revision <= $7 AND (e.status <> 'REFUSED' OR e.revision < $7)
    AND e.due_at <= statement_timestamp() AND e.leased_until < statement_timestamp()`
  const [row] = await db.rows<StoredEffect & Omit<Claim, 'effect'>>({
    name: 'operations effect claim',
    text: `INSERT INTO operations.effect AS e
        (system, effect_key, operation, request_hash, lease, leased_until, revision)
      VALUES ($1, $2, $3, $4, $5, clock_timestamp() + $6 * interval '1 millisecond', $7)
      ON CONFLICT (system, effect_key) DO UPDATE SET
        lease = CASE WHEN ${isFree} THEN excluded.lease ELSE e.lease END,
        leased_until = CASE WHEN ${isFree} THEN excluded.leased_until ELSE e.leased_until END
      RETURNING ${COLUMNS}, e.lease IS NOT DISTINCT FROM $5 AS "isOurs", statement_timestamp() AS now,
        greatest(0, ceil(extract(epoch FROM CASE WHEN e.due_at = '-infinity' THEN interval '0'
          ELSE e.due_at - statement_timestamp() END) * 1000))::int AS "waitMs"`,
    values: [system, effectKey, operation, requestHash, lease, leaseMs, revision],
  })
  if (row === undefined) throw new Error(`the effect ${effectKey} was not kept`)
  const { isOurs, waitMs, now, ...effect } = row
  return { effect, isOurs, waitMs, now }
}

async function begin(
  db: Database,
  { intent, lease }: Pick<Hold, 'intent' | 'lease'>,
  leaseMs: number,
  what: EffectTry,
): Promise<Hold | undefined> {
  const { system, effectKey, operation, requestHash } = intent
  const sent = what.kind === 'SEND' ? what : null
  const [begun] = await db.rows<{ number: number }>({
    name: `operations effect begin ${what.kind}`,
    text: `WITH begun AS (
        UPDATE operations.effect e SET tries = tries + 1,
          leased_until = clock_timestamp() + $4 * interval '1 millisecond'
          ${sent === null ? '' : `, ${SENDING}`}
        WHERE system = $1 AND effect_key = $2 AND lease = $3 AND leased_until >= clock_timestamp()
          AND status <> 'APPLIED'
        RETURNING tries)
      INSERT INTO operations.effect_try (system, effect_key, number, kind, began_at)
      SELECT $1, $2, tries, '${what.kind}', clock_timestamp() FROM begun RETURNING number`,
    values: [
      system,
      effectKey,
      lease,
      leaseMs,
      ...(sent === null ? [] : [operation, requestHash, sent.revision, sent.timeoutMs, sent.afresh]),
    ],
  })
  return begun && { intent, lease, kind: what.kind, number: begun.number }
}

/** What a sending changes before it leaves. A key of its own is as if nothing was sent before. */
const SENDING = `operation = $5, request_hash = $6, revision = $7::int, status = 'OPEN', refusal_code = NULL,
  settled_at = NULL, sent_until = clock_timestamp() + $8 * interval '1 millisecond',
  first_sent_at = CASE WHEN revision = $7::int THEN coalesce(first_sent_at, clock_timestamp())
    ELSE clock_timestamp() END,
  in_doubt_since = CASE WHEN $9 THEN clock_timestamp() ELSE coalesce(in_doubt_since, clock_timestamp()) END`

const TRY_ENDS = `UPDATE operations.effect_try SET ended_at = clock_timestamp(), answer = $4, message = $5
  WHERE system = $1 AND effect_key = $2 AND number = $3`

async function note(db: Database, { intent, number }: Hold, answer: string): Promise<void> {
  await db.rows({
    name: 'operations effect note',
    text: TRY_ENDS,
    values: [intent.system, intent.effectKey, number, answer, null],
  })
}

async function end(db: Database, hold: Hold, answer: string, ended: Ended): Promise<boolean> {
  const { intent, kind, lease, number } = hold
  const changed = await db.rows({
    name: 'operations effect end',
    text: `WITH noted AS (${TRY_ENDS})
      UPDATE operations.effect SET status = $6, refusal_code = $7, message = $5, lease = NULL,
        leased_until = '-infinity', due_at = clock_timestamp() + $9 * interval '1 millisecond',
        in_doubt_since = CASE WHEN $8 THEN in_doubt_since END,
        sent_until = CASE WHEN $11 THEN clock_timestamp() ELSE sent_until END,
        settled_at = CASE $6 WHEN 'OPEN' THEN NULL ELSE clock_timestamp() END
      WHERE system = $1 AND effect_key = $2 AND lease = $10 AND status <> 'APPLIED' RETURNING effect_key`,
    values: [
      intent.system,
      intent.effectKey,
      number,
      answer,
      ended.message,
      ended.status,
      ended.refusalCode,
      ended.inDoubt,
      ended.delayMs,
      lease,
      kind === 'SEND',
    ],
  })
  return changed.length > 0
}

async function apply(db: Database, { intent, kind, number }: Hold, document: OutsideDocument) {
  const { externalId, url, details } = document
  const { system, effectKey } = intent
  await db.rows({
    name: 'operations effect apply',
    text: `WITH noted AS (${TRY_ENDS})
      UPDATE operations.effect SET status = 'APPLIED', external_id = $6, url = $7, details = $8, message = NULL,
        refusal_code = NULL, in_doubt_since = NULL, settled_at = clock_timestamp(), lease = NULL,
        leased_until = '-infinity'
      WHERE system = $1 AND effect_key = $2 AND status <> 'APPLIED'`,
    values: [
      system,
      effectKey,
      number,
      kind === 'FIND' ? 'FOUND' : 'APPLIED',
      null,
      externalId,
      url,
      toJson(details),
    ],
  })
  return keptDocument(db, intent, document)
}

/** What is kept as made. A second thing for the same effect is what all of this is there to prevent. */
async function keptDocument(db: Database, { system, effectKey }: Intent, { externalId }: OutsideDocument) {
  const [kept] = await db.rows<{ document: OutsideDocument }>({
    name: 'operations effect document',
    text: `SELECT ${COLUMNS} FROM operations.effect e WHERE system = $1 AND effect_key = $2`,
    values: [system, effectKey],
  })
  if (kept?.document.externalId !== externalId) {
    const both = `${kept?.document.externalId} and ${externalId}`
    throw new Error(`${system} made ${both} for the one effect ${effectKey}`)
  }
  return kept.document
}

/** Whether an effect happened, or may have; false for one that was never sent or that was refused. */
export async function mayHaveHappened(db: Queryable, system: string, effectKey: string): Promise<boolean> {
  const rows = await db.rows({
    name: 'operations effect may have happened',
    text: `SELECT 1 FROM operations.effect
      WHERE system = $1 AND effect_key = $2 AND (status = 'APPLIED' OR in_doubt_since IS NOT NULL)`,
    values: [system, effectKey],
  })
  return rows.length > 0
}

/** Our own stores have what was made: it is not in question any more. */
export async function noteEffect(db: Queryable, system: string, effectKey: string): Promise<void> {
  await db.rows({
    name: 'operations effect noted',
    text: 'UPDATE operations.effect SET noted = true WHERE system = $1 AND effect_key = $2 AND NOT noted',
    values: [system, effectKey],
  })
}

/** An effect that several workflows may ask for: the same for all of them. */
export type SharedEffect = Pick<Intent, 'effectKey' | 'revision'>

/**
 * The effect by which a system makes something that several workflows may need; from now on under this key if it had
 * none. What was refused is asked for anew, whoever was told so before: what was in its way may be gone.
 */
export async function claimEffect(
  db: Queryable,
  system: string,
  subject: string,
  effectKey: string,
): Promise<SharedEffect> {
  const [claimed] = await db.rows<SharedEffect>({
    name: 'operations claim outside effect',
    text: `INSERT INTO operations.outside_claim AS known (system, subject, effect_key) VALUES ($1, $2, $3)
      ON CONFLICT (system, subject) DO UPDATE SET effect_key = known.effect_key
      RETURNING effect_key AS "effectKey", coalesce(
        (SELECT e.revision + (e.status = 'REFUSED')::int FROM operations.effect e
          WHERE e.system = known.system AND e.effect_key = known.effect_key), 0) AS revision`,
    values: [system, subject, effectKey],
  })
  if (claimed === undefined) throw new Error(`${subject} was not claimed for ${system}`)
  return claimed
}

/** An effect that happened, or may have. */
export interface PossibleEffect extends Pick<Intent, 'system' | 'effectKey'> {
  /** What the system made; null while that is in doubt. */
  readonly externalId: string | null
  /** Whether our own stores have that. */
  readonly isNoted: boolean
}

const POSSIBLE = 'system, effect_key AS "effectKey", external_id AS "externalId", noted AS "isNoted"'

/** A step may make several of these, each under a key of its own: none is done with before the step is. */
const OF_A_STEP = "'issueInvoice', 'issueCreditNote', 'recordPayment'"

/**
 * The effects that happened under a key, or may have, in whichever system: first what is in doubt, then what was made
 * last. Of others that a step has under keys of their own, `<key>/…` up to `<key>0`, those that happened are done with.
 */
export function readPossible(db: Queryable, effectKey: string): Promise<PossibleEffect[]> {
  return db.rows<PossibleEffect>({
    name: 'operations effect possible',
    text: `SELECT ${POSSIBLE} FROM operations.effect
      WHERE effect_key = $1 AND (status = 'APPLIED' OR in_doubt_since IS NOT NULL)
        OR effect_key COLLATE "C" >= $1 || '/' AND effect_key COLLATE "C" < $1 || '0'
          AND (in_doubt_since IS NOT NULL OR status = 'APPLIED' AND operation IN (${OF_A_STEP}))
      ORDER BY in_doubt_since, settled_at DESC, system`,
    values: [effectKey],
  })
}

/** What outside systems make of a customer, for whichever workflow asks first. */
export const customerSubject = (customerId: string): string => `customer/${customerId}`

/** Of what several workflows may need about a subject, what is in doubt, in whichever system. */
export function readSharedInDoubt(db: Queryable, subject: string): Promise<PossibleEffect[]> {
  return db.rows<PossibleEffect>({
    name: 'operations shared effects in doubt',
    text: `SELECT ${POSSIBLE}
      FROM operations.outside_claim JOIN operations.effect USING (system, effect_key)
      WHERE subject = $1 AND in_doubt_since IS NOT NULL ORDER BY in_doubt_since, system`,
    values: [subject],
  })
}

/**
 * Settles an effect that is in doubt by what a person found; null: nothing is there. False where it is not in doubt, or
 * somebody is at work on it.
 */
export async function decideEffect(
  db: Queryable,
  { system, effectKey }: Pick<Intent, 'system' | 'effectKey'>,
  found: OutsideDocument | null,
): Promise<boolean> {
  const decided = await db.rows({
    name: 'operations effect decide',
    text: `UPDATE operations.effect SET status = CASE WHEN $3::text IS NULL THEN 'OPEN' ELSE 'APPLIED' END,
        external_id = $3, url = $4, details = $5, in_doubt_since = NULL, message = NULL,
        settled_at = CASE WHEN $3 IS NULL THEN NULL ELSE clock_timestamp() END
      WHERE system = $1 AND effect_key = $2 AND in_doubt_since IS NOT NULL AND leased_until < clock_timestamp()
      RETURNING effect_key`,
    values: [
      system,
      effectKey,
      found?.externalId ?? null,
      found?.url ?? null,
      found && toJson(found.details),
    ],
  })
  return decided.length > 0
}

/**
 * Takes back that an effect happened, by the word of a person who voided what was made. It is in doubt then, under the
 * next idempotency key: a system that can be asked is searched before it is sent, and what is found counts again.
 */
export async function withdrawEffect(
  db: Queryable,
  { system, effectKey }: Pick<Intent, 'system' | 'effectKey'>,
): Promise<void> {
  await db.rows({
    name: 'operations effect withdraw',
    text: `UPDATE operations.effect SET status = 'OPEN', revision = revision + 1, external_id = NULL, url = NULL,
        details = NULL, message = 'voided ' || external_id, settled_at = NULL, first_sent_at = NULL,
        in_doubt_since = clock_timestamp()
      WHERE system = $1 AND effect_key = $2 AND status = 'APPLIED'`,
    values: [system, effectKey],
  })
}

/** The outside systems that master some of our data: which one it is, and how an effect gets there. */
import { randomUUID } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { Config } from '#platform/config.ts'
import type { Connection, MasteredSystem } from '#platform/connector-config.ts'
import type { Connector } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import { fractionOf } from '#platform/jitter.ts'
import { stripeConnector } from '#subgraphs/billing/stripe/write.ts'
import {
  claimEffect,
  effectStore,
  mayHaveHappened,
  noteEffect,
  type SharedEffect,
} from '#subgraphs/operations/effect-store.ts'
import {
  type Carried,
  carryOut,
  type EffectMoment,
  type EffectRequest,
} from '#subgraphs/operations/effects/carry-out.ts'
import { httpConnector } from '#subgraphs/operations/effects/http-connector.ts'
import type { WebhookSource } from '#subgraphs/operations/inbound/receive.ts'

/** Where steps of workflows go on outside. */
export interface Outside {
  /** Whether there is any: where there is none, nothing is asked for its sake. */
  readonly hasConnectors: boolean
  /** The way to the master of a system's data for a legal entity, by its code; null where we are the master. */
  readonly connectorFor: (system: MasteredSystem, legalEntityCode: string | null) => Connector | null
  /** All masters of a system's data. */
  readonly mastersOf: (system: MasteredSystem) => readonly Connector[]
  /** Carries an effect out there, once: `carry-out.ts`. To be called inside a step, as often as it takes. */
  readonly carryOut: (connector: Connector, request: EffectRequest) => Promise<Carried>
  /** Keeps that our own store has what an effect made there. */
  readonly note: (connector: Connector, effectKey: string) => Promise<void>
  /** The effect by which something is made there that several may need: under the key of the first who asks. */
  readonly claim: (connector: Connector, subject: string, effectKey: string) => Promise<SharedEffect>
  /** Whether an effect happened there, or may have. */
  readonly mayHaveHappened: (connector: Connector, effectKey: string) => Promise<boolean>
}

/** What `createOutside` reads of the configuration. */
export type OutsideConfig = Pick<Config, 'connectors' | 'stripe'>

const random = (): number => fractionOf(randomUUID())
const pause = (delayMs: number): Promise<void> => setTimeout(delayMs)

/** A step asks again by itself, and for longer: its worker has other workflows to carry out meanwhile. */
const PATIENCE_MS = 1_000

/** Called at each moment of an effect, with its key: a campaign kills the process there. */
export type AtMoment = (moment: EffectMoment, effectKey: string) => void

/** Connects to what the configuration names; null names nothing. `db` is that of operations. */
export function createOutside(config: OutsideConfig | null, db: Database, at?: AtMoment): Outside {
  if (config === null) return NOTHING_OUTSIDE
  const carrying = { store: effectStore(db), random, pause, patienceMs: PATIENCE_MS }
  const connectors = config.connectors.map((connection) => ({
    ...connection,
    connector: connectorOf(connection, config),
  }))
  return {
    hasConnectors: connectors.length > 0,
    connectorFor: (system, legalEntityCode) => {
      const masters = connectors.filter((one) => one.system === system)
      const own = masters.find(({ legalEntity }) => legalEntity !== null && legalEntity === legalEntityCode)
      return (own ?? masters.find(({ legalEntity }) => legalEntity === null))?.connector ?? null
    },
    mastersOf: (system) =>
      connectors.filter((one) => one.system === system).map(({ connector }) => connector),
    carryOut: (connector, request) =>
      carryOut(
        { ...carrying, ...(at && { at: (moment) => at(moment, request.effectKey) }) },
        connector,
        request,
      ),
    note: (connector, effectKey) => noteEffect(db, connector.name, effectKey),
    claim: (connector, subject, effectKey) => claimEffect(db, connector.name, subject, effectKey),
    mayHaveHappened: (connector, effectKey) => mayHaveHappened(db, connector.name, effectKey),
  }
}

/** The outside systems that tell us of themselves, by the names of their connectors. */
export const webhookSources = ({ connectors }: Pick<Config, 'connectors'>): WebhookSource[] =>
  connectors.flatMap((one) =>
    one.kind === 'http' && one.webhookSecrets.length > 0
      ? [{ name: one.name, secrets: one.webhookSecrets }]
      : [],
  )

/** We master everything ourselves. */
export const NOTHING_OUTSIDE: Outside = {
  hasConnectors: false,
  connectorFor: () => null,
  mastersOf: () => [],
  carryOut: () => Promise.reject(new Error('nothing is connected outside')),
  note: () => Promise.resolve(),
  claim: (_connector, _subject, effectKey) => Promise.resolve({ effectKey, revision: 0 }),
  mayHaveHappened: () => Promise.resolve(false),
}

function connectorOf(connection: Connection, { stripe }: OutsideConfig): Connector {
  if (connection.kind === 'stripe') return stripeAccount(stripe)
  const { name, url, token, timeoutMs } = connection
  const { deduplicatesForMs, searchableByReference, visibleWithinMs } = connection
  const capabilities = { deduplicatesForMs, searchableByReference, visibleWithinMs }
  return httpConnector({ name, url, token, timeoutMs, capabilities })
}

function stripeAccount({ apiKey, host, port, protocol, instance, timeZone }: Config['stripe']): Connector {
  return stripeConnector({
    apiKey: apiKey ?? '',
    instance,
    timeZone,
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(protocol === undefined ? {} : { protocol }),
  })
}

/** The outside systems that master some of our data: which one it is, and how an effect gets there. */
import { setTimeout as wait } from 'node:timers/promises'
import type { Config } from '#platform/config.ts'
import type { Connection, MasteredSystem } from '#platform/connector-config.ts'
import type { Connector } from '#platform/connector.ts'
import type { Database } from '#platform/database.ts'
import { stripeConnector } from '#subgraphs/billing/stripe/write.ts'
import { effectStore } from '#subgraphs/operations/effect-store.ts'
import { type Carried, carryOut, type EffectRequest } from '#subgraphs/operations/effects/carry-out.ts'
import { httpConnector } from '#subgraphs/operations/effects/http-connector.ts'

/** Where steps of workflows go on outside. */
export interface Outside {
  /** The way to the master of a system's data for a legal entity, by its code; null where we are the master. */
  readonly connectorFor: (system: MasteredSystem, legalEntityCode: string | null) => Connector | null
  /** Carries an effect out there, once: `carry-out.ts`. To be called inside a step, as often as it takes. */
  readonly carryOut: (connector: Connector, request: EffectRequest) => Promise<Carried>
}

/** What `createOutside` reads of the configuration. */
type OutsideConfig = Pick<Config, 'connectors' | 'stripe'>

/** Connects to what the configuration names. `db` is that of operations, and `random` gives numbers from 0 to 1. */
export function createOutside(config: OutsideConfig, db: Database, random: () => number): Outside {
  const carrying = { store: effectStore(db), random, pause: (delayMs: number) => wait(delayMs) }
  const connectors = config.connectors.map((connection) => ({
    ...connection,
    connector: connectorOf(connection, config),
  }))
  return {
    connectorFor: (system, legalEntityCode) => {
      const masters = connectors.filter((one) => one.system === system)
      const own = masters.find(({ legalEntity }) => legalEntity !== null && legalEntity === legalEntityCode)
      return (own ?? masters.find(({ legalEntity }) => legalEntity === null))?.connector ?? null
    },
    carryOut: (connector, request) => carryOut(carrying, connector, request),
  }
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

import { pino } from 'pino'
import { decideFact } from '#domain/fact.ts'
import type { Fact } from '#domain/entity.ts'
import type { FactKind, Facts, RecordCount, RecordFacts } from '#domain/facts.ts'
import { manualClock, type ManualClock } from '#platform/clock.ts'
import { contentHash } from '#platform/json.ts'
import { stripeReader } from '#subgraphs/billing/stripe/client.ts'
import {
  importStripe,
  type ImportResult,
  type PositionStore,
  type RunPosition,
  type StripeImport,
} from '#subgraphs/billing/stripe/import.ts'
import type { StripeAccount } from '#subgraphs/billing/stripe/mapping.ts'
import type { RawObject, RawStore } from '#subgraphs/billing/stripe/raw.ts'

/** A store of facts in memory that counts as the real ones do. */
interface MemoryFacts {
  readonly record: RecordFacts
  all<Kind extends FactKind>(kind: Kind): Facts[Kind][number][]
}

/** An empty store of facts. */
function memoryFacts(): MemoryFacts {
  const known = new Map<FactKind, Map<string, Fact>>()
  return {
    record: async (facts) =>
      Object.fromEntries(
        Object.entries(facts).map(([kind, list]) => [kind, recordKind(known, kind as FactKind, list)]),
      ),
    all: (kind) => [...(known.get(kind)?.values() ?? [])] as never,
  }
}

function recordKind(
  known: Map<FactKind, Map<string, Fact>>,
  kind: FactKind,
  facts: readonly Fact[],
): RecordCount {
  const count = { created: 0, changed: 0, unchanged: 0, stale: 0 }
  const ofKind = known.get(kind) ?? new Map<string, Fact>()
  known.set(kind, ofKind)
  for (const fact of facts) {
    const before = ofKind.get(fact.id)
    const decision = decideFact(before && standOf(before), standOf(fact))
    count[decision] += 1
    if (decision !== 'stale') ofKind.set(fact.id, fact)
  }
  return count
}

/** A fact's content without how new it is, as the real store compares it. */
const standOf = (fact: Fact) => ({
  hash: contentHash({
    ...fact,
    externalRefs: fact.externalRefs.map((ref) => ({ ...ref, sourceVersion: 0n })),
  }),
  sourceVersion: fact.externalRefs[0]?.sourceVersion ?? 0n,
})

const keyOf = ({ system, instance, objectType, externalId }: RawObject) =>
  [system, instance, objectType, externalId].join(' ')

/** Raw objects in memory. */
function memoryRaw(): RawStore & { readonly objects: ReadonlyMap<string, RawObject> } {
  const objects = new Map<string, RawObject>()
  return {
    objects,
    keep: async (batch) => {
      for (const object of batch) {
        const known = objects.get(keyOf(object))
        if (known === undefined || known.sourceVersion <= object.sourceVersion)
          objects.set(keyOf(object), object)
      }
    },
    read: async ({ system, instance, objectType }, after, limit) =>
      [...objects.values()]
        .filter((it) => it.system === system && it.instance === instance && it.objectType === objectType)
        .filter((it) => after === null || it.externalId > after)
        .toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))
        .slice(0, limit),
  }
}

/** A position in memory. */
function memoryPositions(): PositionStore<RunPosition> & { current(): RunPosition | null } {
  let position: RunPosition | null = null
  return {
    current: () => position,
    load: async () => position,
    save: async (next) => {
      position = next
    },
    clear: async () => {
      position = null
    },
  }
}

/** The account of the tests. */
export const ACCOUNT: StripeAccount = {
  instance: 'acct_test',
  legalEntity: {
    code: 'US',
    name: 'Example Inc.',
    country: 'US',
    functionalCurrency: 'USD',
    timeZone: 'UTC',
  },
}

/** Everything that imports go through, kept from one run to the next. */
export interface Installation {
  readonly facts: MemoryFacts
  readonly raw: ReturnType<typeof memoryRaw>
  readonly positions: ReturnType<typeof memoryPositions>
  readonly clock: ManualClock
  import(port: number, changes?: Partial<StripeImport>): Promise<ImportResult>
}

/** An installation without data. */
export function installation(): Installation {
  const parts = {
    facts: memoryFacts(),
    raw: memoryRaw(),
    positions: memoryPositions(),
    clock: manualClock('2026-07-01T00:00:00Z'),
  }
  return {
    ...parts,
    import: (port, changes = {}) =>
      importStripe({
        reader: stripeReader({
          apiKey: 'sk_test_replay',
          host: '127.0.0.1',
          port,
          protocol: 'http',
          maxNetworkRetries: 0,
        }),
        account: ACCOUNT,
        record: parts.facts.record,
        raw: parts.raw,
        positions: parts.positions,
        clock: parts.clock,
        log: pino({ level: 'silent' }),
        retry: { attempts: 3, delayMs: 1 },
        ...changes,
      }),
  }
}

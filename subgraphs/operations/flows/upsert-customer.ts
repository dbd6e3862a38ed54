import type { Address, CustomerSegment, Person, TaxId } from '#domain/crm.ts'
import { checkStatedCustomer, type StatedCustomer } from '#domain/customer-identity.ts'
import { type Violation, violationIf } from '#domain/failure.ts'
import { keptOf } from '#domain/foreign-write.ts'
import type { KeyedInput } from '#platform/mutation.ts'
import type { Jsonified } from '#platform/table.ts'
import type { Flow, Step } from '../workflows/flow.ts'
import { missing } from './refusals.ts'
import type { CustomerStatement, Systems, UpsertedCustomer } from './systems.ts'

/** What a system calls a customer. */
interface AskedReference {
  readonly system: string
  readonly instance?: string
  readonly objectType?: string
  readonly externalId: string
  readonly url?: string | null
}

/** What a system states of a customer; what is not given it does not know. */
export interface UpsertCustomer extends KeyedInput {
  readonly externalRefs: readonly AskedReference[]
  readonly name: string
  readonly legalName?: string | null
  readonly status?: CustomerStatement['status']
  readonly email?: string | null
  readonly domain?: string | null
  readonly taxIds?: readonly TaxId[]
  readonly address?: { readonly [Field in keyof Address]?: Address[Field] } | null
  readonly region?: string | null
  readonly segment?: CustomerSegment | null
  readonly owner?: Person | null
  readonly currency: string
  /** The company of ours in whose books it gets an account. */
  readonly legalEntityId?: string | null
}

interface Prepared extends CustomerStatement {
  readonly legalEntityId: string | null
}

type UpsertStep = Step<Systems, UpsertCustomer, Prepared>

/** What a system says is not unsaid: what it masters is kept, what it does not is before a person. */
const upsert: UpsertStep = {
  name: 'upsertCustomer',
  system: 'CRM',
  kind: 'PIVOT',
  needs: [],
  run: ({ crm }, { prepared: { stated, status } }, effect) =>
    crm.upsertCustomer(effect, { stated: revive(stated), status }),
}

/** Of a customer that nobody sells to yet the books know nothing. */
const account: UpsertStep = {
  name: 'openAccount',
  system: 'ERP',
  kind: 'RETRIABLE',
  needs: ['upsertCustomer'],
  uses: ['ACCOUNT'],
  run: async ({ erp }, { prepared: { legalEntityId, stated }, results }, effect) => {
    if (legalEntityId === null) return { value: null }
    const { customerId, held = [] } = results['upsertCustomer'] as UpsertedCustomer
    const { region, currency } = { ...stated, ...keptOf(held) }
    return erp.openAccount(effect, { customerId, region, legalEntityId, currency })
  },
}

/**
 * A customer as one system states it: the one that any system calls so already, otherwise the one with the same tax id,
 * otherwise a new one. Whichever system tells first, it is one.
 */
export const upsertCustomer: Flow<Systems, UpsertCustomer, Prepared> = {
  name: 'upsertCustomer',
  prepare: async ({ erp }, input) => {
    const { legalEntityId = null, status = null } = input
    const stated = statedIn(input)
    const violations = [
      ...checkStatedCustomer(stated),
      ...tooMany('externalRefs', stated.externalRefs),
      ...tooMany('taxIds', stated.taxIds),
    ]
    if (violations.length > 0) return { violations }
    const isKnown =
      legalEntityId === null || (await erp.readLegalEntities()).some(({ id }) => id === legalEntityId)
    if (!isKnown) return missing('legalEntityId', 'There is no such legal entity')
    const [first] = stated.externalRefs
    const subject = first
      ? `customer:${first.system}:${first.instance}:${first.externalId}`
      : `customer:${input.idempotencyKey}`
    return {
      value: { prepared: { stated, status, legalEntityId }, subject, customerId: null, legalEntityId },
    }
  },
  steps: [upsert, account],
}

/** Most references, and most tax registrations, of one statement. */
const MAX_IDENTITIES = 20

const tooMany = (field: string, list: readonly unknown[]): Violation[] =>
  violationIf(list.length > MAX_IDENTITIES, 'TOO_MANY', field, `At most ${MAX_IDENTITIES}`)

const DEFAULT_INSTANCE = 'default'
const DEFAULT_OBJECT = 'customer'

function statedIn(input: UpsertCustomer): StatedCustomer {
  const { name, currency, taxIds = [], address, externalRefs } = input
  return {
    name,
    currency,
    taxIds: taxIds.map(({ type, value }) => ({ type, value })),
    legalName: input.legalName ?? null,
    email: input.email ?? null,
    domain: input.domain ?? null,
    region: input.region ?? null,
    segment: input.segment ?? null,
    owner: input.owner ?? null,
    address: address
      ? {
          line1: address.line1 ?? null,
          city: address.city ?? null,
          postalCode: address.postalCode ?? null,
          region: address.region ?? null,
          country: address.country ?? null,
        }
      : null,
    externalRefs: externalRefs.map(({ system, instance, objectType, externalId, url }) => ({
      system,
      instance: instance ?? DEFAULT_INSTANCE,
      objectType: objectType ?? DEFAULT_OBJECT,
      externalId,
      url: url ?? null,
      // The system itself knows how new its knowledge is; this is older than all that it tells by other ways.
      sourceVersion: 0n,
    })),
  }
}

const revive = ({ externalRefs, ...rest }: Jsonified<StatedCustomer>): StatedCustomer => ({
  ...rest,
  externalRefs: externalRefs.map((ref) => ({ ...ref, sourceVersion: BigInt(ref.sourceVersion) })),
})

import type { Customer } from './crm.ts'
import type { CreditProfile } from './erp.ts'
import type { SystemName } from './workflow-model.ts'

/** What is known of a customer whom somebody wants to sell to. */
export interface AccountFacts {
  readonly customer: Pick<Customer, 'name' | 'legalName' | 'status' | 'mergedIntoId' | 'address' | 'taxIds'>
  /** What accounting allows the customer; null where it says nothing of it. */
  readonly creditProfile: Pick<CreditProfile, 'onHold' | 'holdReason'> | null
  /** Whether the tax rules of the place want a registration. */
  readonly needsTaxId: boolean
  /** Whether one of our companies sells where the customer is billed. */
  readonly isRouted: boolean
}

/** What stands in the way of selling to a customer, or may. */
export interface AccountFinding {
  readonly code:
    | 'CUSTOMER_MERGED'
    | 'CUSTOMER_INACTIVE'
    | 'ADDRESS_MISSING'
    | 'ROUTE_MISSING'
    | 'LEGAL_NAME_MISSING'
    | 'TAX_ID_MISSING'
    | 'CREDIT_HOLD'
  /** An error stands in the way; a warning is for a gate or a later step. */
  readonly severity: 'ERROR' | 'WARNING'
  /** Where it is to be mended. */
  readonly system: SystemName
  readonly message: string
}

/** Everything that is wrong with an account, errors first; without an error it can be sold to. */
export function checkAccount({
  customer,
  creditProfile,
  needsTaxId,
  isRouted,
}: AccountFacts): AccountFinding[] {
  const { status, mergedIntoId, address, legalName, taxIds, name } = customer
  const country = address?.country ?? null
  return [
    ...error(
      status === 'MERGED',
      'CUSTOMER_MERGED',
      'CRM',
      `${name} is ${mergedIntoId ?? 'another customer'} now`,
    ),
    ...error(status === 'INACTIVE', 'CUSTOMER_INACTIVE', 'CRM', `${name} is no longer a customer`),
    ...error(country === null, 'ADDRESS_MISSING', 'CRM', 'Without a country there is neither seller nor tax'),
    ...error(
      country !== null && !isRouted,
      'ROUTE_MISSING',
      'OPERATIONS',
      `None of our companies sells in ${country ?? ''}`,
    ),
    ...warning(
      legalName === null,
      'LEGAL_NAME_MISSING',
      'CRM',
      'An invoice names its customer by the legal name',
    ),
    ...warning(
      needsTaxId && taxIds.length === 0,
      'TAX_ID_MISSING',
      'CRM',
      'The customer owes the tax itself, and is not registered for it',
    ),
    ...warning(
      creditProfile?.onHold === true,
      'CREDIT_HOLD',
      'ERP',
      creditProfile?.holdReason ?? 'Accounting stopped the credit',
    ),
  ]
}

type Check = (
  isFound: boolean,
  code: AccountFinding['code'],
  system: SystemName,
  message: string,
) => AccountFinding[]

const found =
  (severity: AccountFinding['severity']): Check =>
  (isFound, code, system, message) =>
    isFound ? [{ code, severity, system, message }] : []

const error = found('ERROR')
const warning = found('WARNING')

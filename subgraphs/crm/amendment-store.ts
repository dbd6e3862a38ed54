import type { Amendment, Contract } from '#domain/crm.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
import { readPastVersion } from '#platform/past-version.ts'
import { contracts } from './store.ts'

/** Whether another amendment of the contract is being carried through the systems. */
export async function isBeingAmended(
  unit: UnitOfWork,
  { id, contractId }: Pick<Amendment, 'id' | 'contractId'>,
): Promise<boolean> {
  const rows = await unit.rows({
    text: "SELECT 1 FROM crm.amendment WHERE contract_id = $1 AND id <> $2 AND status = 'APPLYING' LIMIT 1",
    values: [contractId, id],
  })
  return rows.length > 0
}

/** A contract as it was in a version; null where it had none. */
export function readContractVersion(
  db: Queryable,
  contractId: string,
  version: number,
): Promise<Contract | null> {
  return readPastVersion(db, 'crm', contracts, { id: contractId, version })
}

import type { Amendment, Contract } from '#domain/crm.ts'
import { upcast } from '#domain/upcast.ts'
import type { UnitOfWork } from '#platform/command.ts'
import type { Queryable } from '#platform/database.ts'
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

/** A contract as it was in a version: its event tells. Null where it had none. */
export async function readContractVersion(
  db: Queryable,
  contractId: string,
  version: number,
): Promise<Contract | null> {
  const [row] = await db.rows<{ type: string; data: Readonly<Record<string, unknown>> }>({
    text: 'SELECT type, data FROM crm.event WHERE aggregate_id = $1 AND version = $2',
    values: [contractId, version],
  })
  return row === undefined ? null : contracts.ofEvent(upcast(row).data)
}

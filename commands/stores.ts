import { openStores, type Stores } from '#platform/stores.ts'
import { STORED_SUBGRAPHS, SUBGRAPHS_FOLDER } from '#subgraphs/stored.ts'
import type { CommandInput } from './command.ts'

/** Opens the installation's stores as the configuration says. */
export const openConfiguredStores = ({
  config,
  log,
}: Pick<CommandInput, 'config' | 'log'>): Promise<Stores> =>
  openStores({ ...config, subgraphs: STORED_SUBGRAPHS, migrationsFolder: SUBGRAPHS_FOLDER, log })

/** Does a task over the installation's stores and closes them, whatever comes of it. */
export async function withStores<Result>(
  input: CommandInput,
  work: (stores: Stores) => Promise<Result>,
): Promise<Result> {
  const stores = await openConfiguredStores(input)
  try {
    return await input.stop.interrupts(work(stores))
  } finally {
    await stores.close()
  }
}

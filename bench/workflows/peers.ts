import { peersIn } from '../peers.ts'

/** The engine of workflows beside ours. */
export const { install: installPeers, load: peer } = peersIn('bench-workflow-peers', {
  '@dbos-inc/dbos-sdk': '5.3.0',
})

import { peersIn } from '../peers.ts'

/** The gateways beside ours and what they stand on. */
export const { install: installPeers, load: peer } = peersIn('bench-peers', {
  '@apollo/gateway': '2.14.4',
  '@apollo/server': '5.5.1',
  '@apollo/subgraph': '2.14.4',
  '@graphql-hive/gateway-runtime': '2.12.1',
  '@graphql-hive/router-runtime': '1.4.23',
  '@graphql-mesh/transport-http': '1.2.1',
  graphql: '16.15.0',
  'graphql-jit': '0.8.9',
})

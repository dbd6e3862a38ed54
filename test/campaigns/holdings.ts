/** Where the gateway of a campaign reloads its supergraph, and tells how often it did. */
export const RELOAD_PATH = '/reload'

/** Where the gateway of a campaign tells what it holds. */
export const HOLDINGS_PATH = '/holdings'

/** How many things of each kind keep a process alive: sockets, timers, servers. */
export type Holdings = Readonly<Record<string, number>>

/** Where the gateway of a campaign tells what it holds. */
export const HOLDINGS_PATH = '/holdings'

/** How many things of each kind keep a process alive: sockets, timers, servers. */
export type Holdings = Readonly<Record<string, number>>

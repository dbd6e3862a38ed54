/** A gate before PostgreSQL: while it is shut, connections through it are refused and those that there are end. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface ServerGate {
  /** The same address, through the gate. */
  readonly through: (url: string) => string
  readonly shut: () => Promise<void>
  readonly open: () => Promise<void>
}

/** Opens a gate before the server of an address. */
export async function openGate(url: string): Promise<ServerGate> {
  const { hostname, port } = new URL(url)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    // Either end may go at any time: then the other goes too.
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
  }
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    keep(near)
    keep(far)
    near.pipe(far).once('close', () => near.destroy())
    far.pipe(near).once('close', () => far.destroy())
  })
  const listen = async (at: number): Promise<void> => {
    server.listen(at, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const gatePort = (server.address() as AddressInfo).port
  return {
    through: (address) => {
      const through = new URL(address)
      through.hostname = '127.0.0.1'
      through.port = String(gatePort)
      // The folder of a socket would lead past the gate.
      through.searchParams.delete('host')
      return through.toString()
    },
    shut: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    open: () => listen(gatePort),
  }
}

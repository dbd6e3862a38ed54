/** A way to a server on which connections can be cut and made to carry nothing. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

export interface Proxy {
  readonly port: number
  /** Cuts all connections. */
  readonly drop: () => void
  /** Connections carry nothing any more, and nobody is told: until they are cut, or for ever. */
  readonly silence: () => void
  readonly close: () => void
}

/** Opens a way to a port of this machine. */
export async function openProxy(target: number): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    drop: () => {
      for (const socket of sockets) socket.destroy()
    },
    silence: () => {
      for (const socket of sockets) {
        socket.unpipe()
        socket.pause()
      }
    },
    close: () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

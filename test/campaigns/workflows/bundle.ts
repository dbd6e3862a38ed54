/** A node's program as one file: what is started a thousand times must not look for a thousand modules each time. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const NODE = new URL('./node.ts', import.meta.url).pathname
const HERE = 'import.meta.url'

/** Writes it into a folder; gives its path. Files beside a module are found from where that module was. */
export async function bundleNode(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: NODE,
    platform: 'node',
    plugins: [
      {
        name: 'modules know where they were',
        transform: (code, id) =>
          id.includes('node_modules') || !code.includes(HERE)
            ? null
            : code.replaceAll(HERE, JSON.stringify(pathToFileURL(id).href)),
      },
    ],
  })
  await bundle.write({ dir: folder, format: 'esm', minify: true })
  return join(folder, 'node.js')
}

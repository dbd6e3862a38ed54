import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf, type TrustedDocuments } from '#gateway/document/persisted.ts'
import { type Config, ConfigError } from '#platform/config.ts'

/** The documents of the folder that the configuration names, by their hashes. */
export async function readTrustedDocuments({ trustedDocuments }: Config): Promise<TrustedDocuments> {
  const { folder, isExclusive } = trustedDocuments
  if (folder === undefined) return { texts: new Map(), files: new Map(), isExclusive }
  const read = (await filesOf(folder)).map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8')
    return { file, text, hash: hashOf(text) }
  })
  const documents = await Promise.all(read)
  return {
    texts: new Map(documents.map(({ hash, text }) => [hash, text])),
    files: new Map(documents.map(({ hash, file }) => [hash, file])),
    isExclusive,
  }
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder, { recursive: true })
    return files.filter((file) => file.endsWith('.graphql'))
  } catch (cause) {
    throw new ConfigError(`TRUSTED_DOCUMENTS is "${folder}", which cannot be read as a folder.`, { cause })
  }
}

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashOf, type TrustedDocuments } from '#gateway/document/persisted.ts'
import { type Config, ConfigError } from '#platform/config.ts'

/** The documents of the folder that the configuration names, by their hashes. */
export async function readTrustedDocuments({ trustedDocuments }: Config): Promise<TrustedDocuments> {
  const { folder, isExclusive } = trustedDocuments
  if (folder === undefined) return { texts: new Map(), isExclusive }
  const texts = await Promise.all((await filesOf(folder)).map((file) => readFile(join(folder, file), 'utf8')))
  return { texts: new Map(texts.map((text) => [hashOf(text), text])), isExclusive }
}

async function filesOf(folder: string): Promise<string[]> {
  try {
    const files = await readdir(folder, { recursive: true })
    return files.filter((file) => file.endsWith('.graphql'))
  } catch (cause) {
    throw new ConfigError(`TRUSTED_DOCUMENTS is "${folder}", which cannot be read as a folder.`, { cause })
  }
}

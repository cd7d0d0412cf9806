import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { dumpFolder, filesOf, metadataOf, type DumpMetadata } from './dump-layout.js';

/** A collection as it lies in a copy. */
export interface DumpedPart {
  readonly database: string;
  readonly metadata: DumpMetadata;
  /** Nothing where it is missing, as it is for a view. */
  readonly documents?: string;
}

/** A file of a copy that says nothing. */
export interface UnreadablePart {
  readonly database: string;
  readonly file: string;
}

export interface DumpContents {
  /** Views last: they stand on the others. */
  readonly parts: readonly DumpedPart[];
  readonly unreadable: readonly UnreadablePart[];
}

const METADATA = '.metadata.json';

export const readContents = async (exported: string): Promise<DumpContents> => {
  const parts: DumpedPart[] = [];
  const unreadable: UnreadablePart[] = [];
  for (const database of await namesIn(dumpFolder(exported)))
    for (const file of await namesIn(join(dumpFolder(exported), database))) {
      if (!file.endsWith(METADATA)) continue;
      const part = await readPart(exported, database, file);
      if (part) parts.push(part);
      else unreadable.push({ database, file });
    }
  const isView = ({ metadata }: DumpedPart) => metadata.type === 'view';
  return {
    parts: [...parts.filter((part) => !isView(part)), ...parts.filter(isView)],
    unreadable,
  };
};

const namesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).toSorted();

const readPart = async (
  exported: string,
  database: string,
  file: string,
): Promise<DumpedPart | undefined> => {
  try {
    const text = await readFile(join(dumpFolder(exported), database, file), 'utf8');
    const metadata = metadataOf(text);
    const { documents } = filesOf(exported, {
      database,
      name: metadata.collectionName,
      type: metadata.type,
    });
    const isThere = metadata.type !== 'view' && (await stat(documents).catch(() => undefined));
    return { database, metadata, ...(isThere && { documents }) };
  } catch {
    return undefined;
  }
};

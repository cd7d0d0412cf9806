import { createHash } from 'node:crypto';
import { join } from 'node:path';

import { BSON, type Document } from 'mongodb';

export type DumpedType = 'collection' | 'timeseries' | 'view';

/** A collection as its server describes it. */
export interface DumpedCollection {
  readonly database: string;
  readonly name: string;
  readonly type: DumpedType;
  /** As they are given to `create`, with the number types that the server has. */
  readonly options: Document;
  /** 32 hex digits; a view has none. Another one after a collection was dropped and made again. */
  readonly uuid?: string;
}

export interface DumpMetadata {
  readonly collectionName: string;
  readonly type: DumpedType;
  readonly options: Document;
  readonly indexes: readonly Document[];
  readonly uuid?: string;
}

/** Where the documents of it are: time series lie in buckets, views have none of their own. */
export const storedName = ({ name, type }: Pick<DumpedCollection, 'name' | 'type'>): string =>
  type === 'timeseries' ? `system.buckets.${name}` : name;

/** As counts and checksums call it. */
export const namespaceOf = (
  collection: Pick<DumpedCollection, 'database' | 'name' | 'type'>,
): string => `${collection.database}.${storedName(collection)}`;

/** Which of them order their documents by time of writing, and so have no moment that can be read later. */
export const isCapped = ({ options }: Pick<DumpedCollection, 'options'>): boolean =>
  options['capped'] === true;

export const dumpFolder = (exported: string): string => join(exported, 'dump');

export interface DumpFiles {
  readonly documents: string;
  readonly metadata: string;
}

export const filesOf = (
  exported: string,
  collection: Pick<DumpedCollection, 'database' | 'name' | 'type'>,
): DumpFiles => {
  const folder = join(dumpFolder(exported), collection.database);
  return {
    documents: join(folder, `${fileNameOf(storedName(collection))}.bson`),
    metadata: join(folder, `${fileNameOf(collection.name)}.metadata.json`),
  };
};

/** As mongodump writes it: escaped as a segment of a path, and what is too long for a file is cut and told apart. */
export const fileNameOf = (collection: string): string => {
  const escaped = escapedSegment(collection);
  if (escaped.length <= NAME_MOST) return escaped;
  const digest = createHash('sha1').update(collection).digest('base64url');
  return `${escaped.slice(0, NAME_KEPT)}%24${digest}`;
};

const NAME_MOST = 238;
const NAME_KEPT = 208;

const escapedSegment = (name: string): string =>
  encodeURIComponent(name)
    .replaceAll(/%(?:24|26|2B|3D|3A|40)/g, decodeURIComponent)
    .replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export const metadataText = (collection: DumpedCollection, indexes: readonly Document[]): string =>
  BSON.EJSON.stringify(
    {
      options: collection.options,
      indexes,
      ...(collection.uuid !== undefined && { uuid: collection.uuid }),
      collectionName: collection.name,
      type: collection.type,
    },
    { relaxed: false },
  );

/** Numbers keep the types that they had. Throws at what is no metadata. */
export const metadataOf = (text: string): DumpMetadata => {
  const read = BSON.EJSON.parse(text, { relaxed: false }) as Partial<DumpMetadata> | null;
  const { collectionName, type = 'collection', options = {}, indexes = [] } = read ?? {};
  if (typeof collectionName !== 'string' || !Array.isArray(indexes))
    throw new SyntaxError('no metadata of a collection');
  return { collectionName, type, options, indexes };
};

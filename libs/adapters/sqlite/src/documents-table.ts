import type {
  Collection,
  FencedDocument,
  FieldValue,
  NewDocument,
  StoredDocument,
} from '#libs/ports/documents';
import { assertDeclared, indexesOf, storedBody, storedFields } from '#libs/ports/documents';

export const TABLE_PREFIX = 'documents_';

export type Value = string | number | Uint8Array | null;

export interface DocumentRow {
  readonly id: string;
  readonly body: string;
  /** Missing where it was not asked for. */
  readonly bytes?: Uint8Array | null;
  readonly era: number | null;
  readonly position: number | null;
  readonly version: number;
  readonly expires_at: number | null;
  readonly [column: `f_${string}`]: FieldValue | null;
}

/** The SQL of one collection, made once. Field columns have no type, so that a value keeps its own. */
export interface Table {
  readonly collection: Collection;
  readonly name: string;
  readonly columns: string;
  readonly columnsWithoutBytes: string;
  readonly get: string;
  /** Writes over nothing, an older fence, or what has expired; changes no row otherwise. */
  readonly put: string;
  readonly create: string;
  readonly replace: string;
}

const FIXED = ['id', 'body', 'bytes', 'expires_at'];

export const column = (field: string): `f_${string}` => `f_${field}`;

export const visible = 'body IS NOT NULL AND (expires_at IS NULL OR expires_at > ?)';

export const tableOf = (collection: Collection): Table => {
  assertDeclared(collection);
  const name = TABLE_PREFIX + collection.name;
  const own = [...FIXED, ...collection.fields.map(column)];
  const all = [...own, 'era', 'position', 'version'];
  const columns = all.join(', ');
  const insert = (extra: string[], values: string) =>
    `INSERT INTO ${name} AS old (${[...own, ...extra].join(', ')})
     VALUES (${own.map(() => '?').join(', ')}, ${values}) ON CONFLICT (id) DO UPDATE SET
     ${own.map((each) => `${each} = excluded.${each}`).join(', ')}`;
  return {
    collection,
    name,
    columns,
    columnsWithoutBytes: all.filter((each) => each !== 'bytes').join(', '),
    get: `SELECT ${columns} FROM ${name} WHERE id = ? AND ${visible}`,
    put: `${insert(['era', 'position', 'version'], '?, ?, 1')},
      era = excluded.era, position = excluded.position,
      version = CASE WHEN old.expires_at <= ? THEN 1 ELSE old.version + 1 END
      WHERE old.era IS NULL OR excluded.era > old.era
        OR (excluded.era = old.era AND excluded.position > old.position) OR old.expires_at <= ?`,
    create: `${insert(['version'], '1')}, era = NULL, position = NULL, version = 1
      WHERE old.expires_at <= ?`,
    replace: `UPDATE ${name} SET ${own.map((each) => `${each} = ?`).join(', ')}, version = version + 1
      WHERE id = ? AND version = ? AND (expires_at IS NULL OR expires_at > ?)`,
  };
};

/** Makes the table with all its columns at once: SQLite reads its whole schema again for each one added later. */
export const tableDdl = (table: Table): string[] => [
  `CREATE TABLE ${table.name} (
    id TEXT NOT NULL PRIMARY KEY, body TEXT, bytes BLOB, expires_at INTEGER,
    era INTEGER, position INTEGER, version INTEGER NOT NULL
    ${table.collection.fields.map((field) => `, ${column(field)}`).join('')})`,
  ...indexesDdl(table, new Map()),
];

/** What the table has: its columns, and the columns of each index that we made. */
export interface PresentColumns {
  readonly columns: ReadonlySet<string>;
  readonly indexes: ReadonlyMap<string, string>;
}

/**
 * Adds what this version declares beyond what is there. An index that an older version made otherwise is made again.
 */
export const upgradeDdl = ({ name, collection }: Table, present: PresentColumns): string[] => [
  ...collection.fields
    .filter((field) => !present.columns.has(column(field)))
    .map((field) => `ALTER TABLE ${name} ADD COLUMN ${column(field)}`),
  ...indexesDdl({ name, collection }, present.indexes),
];

const indexesDdl = (
  { name, collection }: Pick<Table, 'name' | 'collection'>,
  present: PresentColumns['indexes'],
): string[] => {
  const expiry = `${name}__expiry`;
  return [
    ...(present.has(expiry)
      ? []
      : [`CREATE INDEX ${expiry} ON ${name} (expires_at) WHERE expires_at IS NOT NULL`]),
    ...indexesOf(collection).flatMap((fields) => {
      const index = `${name}__${fields[0]}`;
      const columns = [...fields.map(column), 'id'].join(',');
      if (present.get(index) === columns) return [];
      const older = present.has(index) ? [`DROP INDEX ${index}`] : [];
      return [...older, `CREATE INDEX ${index} ON ${name} (${columns})`];
    }),
  ];
};

/** The values of `own` columns, in order. Throws before anything is written when they do not fit. */
export const valuesOf = (collection: Collection, document: NewDocument): Value[] => [
  document.id,
  storedBody(document),
  document.bytes ?? null,
  document.expiresAt ?? null,
  ...storedFields(collection, document.fields),
];

export const putValues = (
  collection: Collection,
  document: FencedDocument,
  now: number,
): Value[] => {
  const values = valuesOf(collection, document);
  values.push(document.fence.era, document.fence.position, now, now);
  return values;
};

export const documentOf = ({ fields }: Collection, row: DocumentRow): StoredDocument => {
  const found: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = row[column(field)];
    if (value !== null && value !== undefined) found[field] = value;
  }
  return {
    id: row.id,
    body: JSON.parse(row.body) as StoredDocument['body'],
    version: row.version,
    ...(fields.length > 0 && { fields: found }),
    ...(row.bytes && { bytes: row.bytes }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
    ...(row.era !== null &&
      row.position !== null && {
        fence: { era: row.era, position: row.position },
      }),
  };
};

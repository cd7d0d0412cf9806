import protobuf from 'protobufjs';

/** Which document of ours a change event of Firestore is about. */
export interface ChangedDocument {
  readonly collection: string;
  readonly id: string;
}

/** Numbers of fields in the messages that matter here, as google.events.cloud.firestore.v1 has them. */
const numbers = {
  event: { is: 1, was: 2 },
  document: { name: 1, fields: 2 },
  entry: { key: 1, value: 2 },
  value: { text: 17 },
} as const;

/**
 * Reads the bytes of a change event: of a document that was removed they hold only what it was. Nothing where they are
 * of no document of ours: anybody can write to a database, and a trigger hears it all.
 */
export const changedDocument = (event: Uint8Array): ChangedDocument | undefined => {
  const told = fieldsIn(event);
  const [bytes] = told.get(numbers.event.is) ?? told.get(numbers.event.was) ?? [];
  if (!bytes) return undefined;
  const document = fieldsIn(bytes);
  const name = textIn(document, numbers.document.name) ?? '';
  const [, collection] = /\/documents\/collections\/([^/]+)\/documents\/[^/]+$/.exec(name) ?? [];
  // The name of a document holds its id only where that is short and plain.
  const id = idIn(document);
  return collection === undefined || id === undefined ? undefined : { collection, id };
};

type FieldBytes = ReadonlyMap<number, readonly Uint8Array[]>;

const idIn = (document: FieldBytes): string | undefined => {
  const entries = (document.get(numbers.document.fields) ?? []).map(fieldsIn);
  const [value] =
    entries.find((entry) => textIn(entry, numbers.entry.key) === 'id')?.get(numbers.entry.value) ??
    [];
  return value && textIn(fieldsIn(value), numbers.value.text);
};

const textIn = (message: FieldBytes, field: number): string | undefined => {
  const [bytes] = message.get(field) ?? [];
  return bytes && new TextDecoder().decode(bytes);
};

/** Of a wire type: a length, and so many bytes. */
const BYTES = 2;

/** The fields of a message that are texts or messages themselves. */
const fieldsIn = (message: Uint8Array): FieldBytes => {
  const fields = new Map<number, Uint8Array[]>();
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) !== BYTES) reader.skipType(tag & 7);
    else fields.set(tag >>> 3, [...(fields.get(tag >>> 3) ?? []), reader.bytes()]);
  }
  return fields;
};

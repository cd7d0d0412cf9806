import { protos } from '@google-cloud/firestore';
import protobuf from 'protobufjs';

/** Which document of ours a change event of Firestore is about. */
export interface ChangedDocument {
  readonly collection: string;
  readonly id: string;
}

/** `DocumentEventData`: the document as it is, and as it was. One that was removed has only the second. */
const IS = 1;
const WAS = 2;
/** A field that holds a message; any other is not of interest here. */
const HOLDS_MESSAGE = 2;

/**
 * Reads the bytes of a change event. Nothing where they are of no document of ours: anybody can write to a database,
 * and a trigger hears it all.
 */
export const changedDocument = (event: Uint8Array): ChangedDocument | undefined => {
  const { [IS]: is, [WAS]: was } = messagesIn(event);
  const bytes = is ?? was;
  if (!bytes) return undefined;
  const { name, fields } = protos.google.firestore.v1.Document.decode(bytes);
  const [, collection] = /\/documents\/collections\/([^/]+)\/documents\/[^/]+$/.exec(name) ?? [];
  // The name of a document holds its id only where that is short and plain.
  const id = fields['id']?.stringValue;
  return collection === undefined || typeof id !== 'string' ? undefined : { collection, id };
};

const messagesIn = (event: Uint8Array): Readonly<Record<number, Uint8Array>> => {
  const messages: Record<number, Uint8Array> = {};
  const reader = protobuf.Reader.create(event);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if ((tag & 7) === HOLDS_MESSAGE) messages[tag >>> 3] = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return messages;
};

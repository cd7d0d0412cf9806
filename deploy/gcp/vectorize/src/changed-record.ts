import { changedDocument } from '#libs/adapters/firestore';
import { kindInCollection } from '#libs/catalog';
import { recordSignal } from '#libs/contracts';
import { fault } from '#libs/kernel';
import type { CloudEvent } from '@google-cloud/functions-framework';

export interface ChangedRecord {
  readonly kind: string;
  readonly id: string;
}

interface PublishedMessage {
  readonly message?: { readonly data?: string };
}

/** Which record an event is about: a signal of the bus, or a document of Firestore that was written. */
export const changedRecord = ({ type, data }: CloudEvent<unknown>): ChangedRecord | undefined => {
  if (type.startsWith('google.cloud.firestore.document.v1.')) return inFirestore(data);
  if (type === 'google.cloud.pubsub.topic.v1.messagePublished') return inSignal(data);
  throw fault('KNOWLEDGE_SIGNAL_MALFORMED', { details: { type } });
};

/** The database holds other documents, too; what it does with its own index is no record. */
const inFirestore = (data: unknown): ChangedRecord | undefined => {
  if (!(data instanceof Uint8Array)) throw fault('KNOWLEDGE_SIGNAL_MALFORMED');
  const changed = changedDocument(data);
  const kind = changed && kindInCollection(changed.collection);
  return kind && { kind, id: changed.id };
};

const inSignal = (data: unknown): ChangedRecord => {
  const { message } = data as PublishedMessage;
  try {
    const { kind, id } = recordSignal.parse(JSON.parse(atob(message?.data ?? '')));
    return { kind, id };
  } catch (cause) {
    throw fault('KNOWLEDGE_SIGNAL_MALFORMED', { cause });
  }
};

import type { ChatListener, ChatThing } from './chat-collection.js';

/** A database that follows the chat's own documents. */
export interface ChatDocuments {
  put(collection: string, document: Readonly<Record<string, unknown>>): Promise<void>;
  remove(collection: string, id: string): Promise<void>;
}

/** What the chat's database keeps as dates. */
const DATES = new Set([
  ...['ts', '_updatedAt', 'editedAt', 'tlm', 'lm', 'ls', 'lr', 'dlm'],
  ...['createdAt', '_createdAt', '_deletedAt', 'lastLogin', 'pinnedAt'],
]);

/** The document with its times as dates, also within what it holds. */
export const withDates = (thing: ChatThing): Record<string, unknown> =>
  Object.fromEntries(Object.entries(thing).map(([key, value]) => [key, dated(key, value)]));

const dated = (key: string, value: unknown): unknown => {
  if (typeof value === 'string') return DATES.has(key) ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((each) => dated('', each));
  return typeof value === 'object' && value !== null ? withDates(value as ChatThing) : value;
};

/** Writes one change after the other, as they happened. */
export class ChatMirror {
  #written = Promise.resolve();

  constructor(private readonly documents: ChatDocuments) {}

  readonly listener: ChatListener = (collection, id, document) => {
    const { documents } = this;
    // A failure stays, so that a test sees it when it waits.
    this.#written = this.#written.then(() =>
      document ? documents.put(collection, withDates(document)) : documents.remove(collection, id),
    );
    this.#written.catch(() => undefined);
  };

  /** Until all that happened is written. */
  written(): Promise<void> {
    return this.#written;
  }
}

import type { Clock } from '#libs/kernel';
import {
  planQuery,
  type Collection,
  type Documents,
  type FencedDocument,
  type NewDocument,
  type Page,
  type PutOutcome,
  type Query,
  type StoredDocument,
  type Swapped,
} from '#libs/ports/documents';

import type { FirestoreDatabase } from './database.js';
import { partsOf, putPart, swapOne } from './documents-put.js';
import { visibleOf } from './documents-query.js';
import {
  contentOf,
  documentAt,
  documentOf,
  isVisible,
  referenceOf,
  type FirestoreDocument,
} from './documents-stored.js';

export interface FirestoreDocumentsOptions {
  readonly database: FirestoreDatabase;
  readonly clock: Clock;
}

export const firestoreDocuments = ({ database, clock }: FirestoreDocumentsOptions): Documents =>
  new DocumentsInFirestore(database, clock);

/** One request reads or deletes this many. */
const PART = 300;

class DocumentsInFirestore implements Documents {
  constructor(
    private readonly database: FirestoreDatabase,
    private readonly clock: Clock,
  ) {}

  async get(collection: Collection, ids: readonly string[]) {
    const { client } = this.database;
    const reference = referenceOf(client, collection);
    const now = this.clock.now();
    const parts = await this.database.run(() =>
      Promise.all(
        partsIn(ids).map((part) => client.getAll(...part.map((id) => documentAt(reference, id)))),
      ),
    );
    return parts.flat().map((snapshot): StoredDocument | undefined => {
      const stored = snapshot.data() as FirestoreDocument | undefined;
      return stored && isVisible(stored, now) ? documentOf(collection, stored) : undefined;
    });
  }

  async query(collection: Collection, query: Query): Promise<Page> {
    const plan = planQuery(collection, query);
    const reference = referenceOf(this.database.client, collection);
    const found = await this.database.run(() => visibleOf(reference, plan, this.clock.now()));
    const items = found.slice(0, plan.limit).map((each) => documentOf(collection, each));
    const last = items.at(-1);
    return found.length > plan.limit && last ? { items, next: plan.cursorAt(last) } : { items };
  }

  async put(
    collection: Collection,
    documents: readonly FencedDocument[],
  ): Promise<readonly PutOutcome[]> {
    const { client } = this.database;
    const reference = referenceOf(client, collection);
    const puts = documents.map((document) => ({
      fence: document.fence,
      content: contentOf(collection, document),
    }));
    const outcomes: PutOutcome[] = [];
    // One after the other: an id may come again in a later part.
    for (const part of partsOf(puts))
      outcomes.push(
        ...(await this.database.run((signal) =>
          putPart({ client, signal, now: this.clock.now() }, reference, part),
        )),
      );
    return outcomes;
  }

  async swap(
    collection: Collection,
    document: NewDocument,
    expectedVersion: number,
  ): Promise<Swapped> {
    const { client } = this.database;
    const reference = referenceOf(client, collection);
    const content = contentOf(collection, document);
    const swap = { reference, content, expectedVersion };
    return this.database.run((signal) => swapOne({ client, signal, now: this.clock.now() }, swap));
  }

  async remove(collection: Collection, ids: readonly string[]): Promise<void> {
    const { client } = this.database;
    const reference = referenceOf(client, collection);
    for (const part of partsIn(ids)) {
      const batch = client.batch();
      for (const id of part) batch.delete(documentAt(reference, id));
      await this.database.run(() => batch.commit());
    }
  }

  async drop(collection: Collection): Promise<void> {
    const { client } = this.database;
    const some = referenceOf(client, collection).select().limit(PART);
    for (;;) {
      const { docs } = await this.database.run(() => some.get());
      if (docs.length === 0) return;
      const batch = client.batch();
      for (const { ref } of docs) batch.delete(ref);
      await this.database.run(() => batch.commit());
    }
  }
}

const partsIn = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / PART) }, (_, i) =>
    ids.slice(i * PART, (i + 1) * PART),
  );

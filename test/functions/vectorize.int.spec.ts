import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import * as google from '@google-cloud/firestore';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import protobuf from 'protobufjs';

import { FirestoreDatabase, firestoreDocuments } from '#libs/adapters/firestore';
import { qdrantSearchIndex, type QdrantSearchIndex } from '#libs/adapters/qdrant';
import { composeCatalog, fold, recordCollection, recordKinds, type KindName } from '#libs/catalog';
import { systemClock, type JsonObject } from '#libs/kernel';
import { composeKnowledge, type Knowledge } from '#libs/knowledge';
import type { Documents } from '#libs/ports/documents';
import { describePeers, openEmbedded, type EmbeddedParts, type Emulator } from '#libs/testing';

import { houseRoot } from '../architecture/house.js';

const PROJECT = 'innkeeper-functions';
const NOTE = 'notes.main.quay-power';

/** The client has the classes of its protocol, and its types do not say so. */
const { protos } = google as unknown as {
  readonly protos: {
    readonly google: {
      readonly firestore: {
        readonly v1: { readonly Document: { encode: (it: object) => protobuf.Writer } };
      };
    };
  };
};

/** The bytes that Eventarc sends for a write: the document as it is, or as it was. */
const documentEvent = (field: 1 | 2, document: Uint8Array): Uint8Array =>
  protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .bytes(document)
    .finish();

describePeers(['firestore', 'qdrant'], 'the function that indexes', (firestore, qdrant) => {
  let emulators: readonly Emulator[];
  let parts: EmbeddedParts;
  let database: FirestoreDatabase;
  let documents: Documents;
  let index: QdrantSearchIndex;
  let swarm: Knowledge;
  let url: string;
  let close: () => void;
  let position = 0;

  beforeAll(async () => {
    const [store, engine] = [await firestore.start(), await qdrant.start()];
    emulators = [store, engine];
    database = new FirestoreDatabase({ project: PROJECT, emulatorHost: store.host });
    documents = firestoreDocuments({ database, clock: systemClock });
    index = qdrantSearchIndex({
      ...{ url: `http://${engine.host}`, prefix: 'innkeeper_local', clock: systemClock },
    });
    parts = await openEmbedded();
    swarm = composeKnowledge({
      ...{ ...parts, documents, index, clock: systemClock },
      ...{ timeZone: 'Europe/London', kindLimits: {}, excludedKinds: new Set() },
      catalog: composeCatalog({ ...parts, documents, kindLimits: {} }),
      digest: (bytes) => createHash('sha256').update(bytes).digest(),
      makeKey: () => randomBytes(32),
      letOthersWork: () => Promise.resolve(),
      onIndexed: () => undefined,
    });
    Object.assign(process.env, {
      METADATA_SERVER_DETECTION: 'none',
      INNKEEPER_DOCUMENTS_KIND: 'firestore',
      INNKEEPER_FIRESTORE_PROJECT: PROJECT,
      INNKEEPER_FIRESTORE_EMULATOR_HOST: store.host,
      INNKEEPER_SEARCH_INDEX_KIND: 'qdrant',
      INNKEEPER_QDRANT_URL: `http://${engine.host}`,
      INNKEEPER_TIME_ZONE: 'Europe/London',
    });
    await import(join(houseRoot, 'deploy/gcp/vectorize/src/function.ts'));
    const server = getTestServer('vectorize').listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    close = () => void server.close();
  }, 120_000);

  afterAll(async () => {
    close();
    await index.close();
    await database.close();
    await parts.close();
    for (const emulator of emulators) await emulator.stop();
  }, 60_000);

  /** As the catalog writes it. */
  const put = async (kind: KindName, id: string, fields: JsonObject | undefined): Promise<void> => {
    position += 1;
    const key = `${String(position).padStart(15, '0')}.010.001.${id}`;
    const state = fields && fold(undefined, { key, fields: { id, ...fields } });
    await documents.put(recordCollection(kind, 1), [
      {
        ...{ id, body: state ?? null, fence: { era: 1, position } },
        ...(state && { fields: recordKinds[kind].fieldsOf(state) }),
      },
    ]);
  };

  const send = async (
    type: string,
    contentType: string,
    body: string | Uint8Array<ArrayBuffer>,
  ): Promise<number> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        ...{ 'ce-specversion': '1.0', 'ce-id': 'event-1', 'ce-type': type },
        'ce-source': `//firestore.googleapis.com/projects/${PROJECT}/databases/(default)`,
      },
      body,
    });
    return response.status;
  };

  const written = async (collection: string, id: string, field: 1 | 2 = 1): Promise<number> => {
    const name = `projects/${PROJECT}/databases/(default)/documents/collections/${collection}/documents/${encodeURIComponent(id)}`;
    const document = protos.google.firestore.v1.Document.encode({
      name,
      fields: { id: { stringValue: id }, version: { integerValue: 7 } },
    }).finish();
    const type = 'google.cloud.firestore.document.v1.written';
    return send(type, 'application/protobuf', new Uint8Array(documentEvent(field, document)));
  };

  const signalled = (signal: object): Promise<number> => {
    const data = Buffer.from(JSON.stringify(signal)).toString('base64');
    const type = 'google.cloud.pubsub.topic.v1.messagePublished';
    return send(type, 'application/json', JSON.stringify({ message: { data } }));
  };

  const found = async (text: string): Promise<readonly string[]> => {
    const { hits } = await swarm.search({
      ...{ text, turns: [], timeZone: 'UTC', limit: 5, principals: ['staff'] },
    });
    return hits.map(({ passage }) => passage.unit);
  };

  it('makes a record searchable when its document is written', async () => {
    await put('note', NOTE, { title: 'Power', text: 'The fuse box is behind the coats.' });
    expect(await written('records_note_1', NOTE)).toBe(204);
    expect(await found('fuse box')).toEqual([`note/${NOTE}`]);
  });

  it('does the same on a signal of the bus, for a record that changed meanwhile', async () => {
    await put('note', NOTE, { title: 'Garden', text: 'The mower stands in the shed.' });
    expect(await signalled({ kind: 'note', id: NOTE, era: 1, position: 1, gone: false })).toBe(204);
    expect(await found('mower')).toEqual([`note/${NOTE}`]);
    expect(await found('fuse box')).toEqual([]);
  });

  it('does no harm at once with the Swarm, often and late', async () => {
    await put('note', NOTE, { title: 'Pool', text: 'The pool is open from May.' });
    const events = Array.from({ length: 6 }, () => written('records_note_1', NOTE));
    const [, ...statuses] = await Promise.all([swarm.indexRecord('note', NOTE), ...events]);
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(await found('pool')).toEqual([`note/${NOTE}`]);
    await put('note', NOTE, undefined);
    await Promise.all([written('records_note_1', NOTE, 2), swarm.indexRecord('note', NOTE)]);
    expect(await written('records_note_1', NOTE)).toBe(204);
    expect(await found('pool')).toEqual([]);
  });

  it('takes what is no record, and what nobody can read, and says so', async () => {
    const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(await written('index_generations', 'knowledge')).toBe(204);
    expect(await send('google.cloud.storage.object.v1.finalized', 'application/json', '{}')).toBe(
      204,
    );
    expect(await signalled({ nonsense: true })).toBe(204);
    expect(said.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringContaining('KNOWLEDGE_SIGNAL_MALFORMED'),
      expect.stringContaining('KNOWLEDGE_SIGNAL_MALFORMED'),
    ]);
    said.mockRestore();
  });
});

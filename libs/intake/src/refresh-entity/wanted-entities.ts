import type { EntityHint } from '#libs/contracts';
import { CLOCKS_APART_MS, type Clock, type Code } from '#libs/kernel';
import type { Collection, Documents, StoredDocument, Swapped } from '#libs/ports/documents';

/** An entity that must be looked up at its provider; it stands here until that is done. */
export interface WantedEntity extends EntityHint {
  readonly wantedAt: number;
  readonly notBefore: number;
  /** How often it was given up, and why the last time. */
  readonly givenUp?: number;
  readonly code?: Code;
}

export interface WantedEntities {
  /** Notes what is wanted, each thing once. If it is wanted again, it is due again. Answers their keys. */
  want(hints: readonly EntityHint[]): Promise<readonly string[]>;
  /** Keys that are due, the longest waiting first. */
  due(limit: number): Promise<readonly string[]>;
  find(
    key: string,
  ): Promise<{ readonly wanted: WantedEntity; readonly version: number } | undefined>;
  /** Looked up. `false`: it was wanted again meanwhile. */
  settle(key: string, version: number): Promise<boolean>;
  /** Not to be had now: later again, ever more rarely, and at last not at all (`false`). */
  putOff(key: string, code: Code): Promise<boolean>;
}

interface WantedEntitiesParts {
  readonly documents: Documents;
  readonly clock: Clock;
}

const collection: Collection = {
  name: 'wanted_entities',
  fields: ['notBefore'],
  orderedBy: 'notBefore',
};

/** What is told in a burst is looked up once, at its end or soon after its beginning. */
export const DEBOUNCE_MS = 2_000;
const FIRST_REST_MS = 3_600_000;
const RESTS = 5;
/** Tombstones are only there for the fence of their version. */
const TOMBSTONE_MS = 60_000;

/** A delivery of `guesty-api` points at the same things as one of `guesty`. */
export const providerOf = (source: string): string => source.replace(/-api$/, '');

export const wantedKeyOf = ({ source, entity, id }: EntityHint): string =>
  `${providerOf(source)}/${entity}/${id}`;

export const createWantedEntities = (ports: WantedEntitiesParts): WantedEntities => {
  const { documents, clock } = ports;

  const find: WantedEntities['find'] = async (key) => {
    const [stored] = await documents.get(collection, [key]);
    return stored && { wanted: bodyOf(stored), version: stored.version };
  };

  const settle: WantedEntities['settle'] = async (key, version) => {
    const gone = { id: key, body: null, expiresAt: clock.now() + TOMBSTONE_MS };
    return (await documents.swap(collection, gone, version)).swapped;
  };

  return {
    find,
    settle,

    async want(hints) {
      const named = new Map(hints.map((hint) => [wantedKeyOf(hint), hint]));
      await Promise.all([...named.values()].map((hint) => wantOne(ports, hint)));
      return [...named.keys()];
    },

    async due(limit) {
      const ends = [{ field: 'notBefore' }, { field: 'notBefore', descending: true }];
      const [first, last] = await Promise.all(
        ends.map((order) => documents.query(collection, { order, limit })),
      );
      const now = clock.now();
      const due = [
        ...(first?.items ?? []).filter((stored) => bodyOf(stored).notBefore <= now),
        ...(last?.items ?? []).filter((stored) => hasStrayed(bodyOf(stored), now)),
      ];
      return [...new Set(due.map(({ id }) => id))].slice(0, limit);
    },

    async putOff(key, code) {
      const found = await find(key);
      if (!found) return true;
      const givenUp = (found.wanted.givenUp ?? 0) + 1;
      if (givenUp > RESTS) return !(await settle(key, found.version));
      const notBefore = clock.now() + restMs(givenUp);
      await write(ports, { ...found.wanted, notBefore, givenUp, code }, found.version);
      return true;
    },
  };
};

const restMs = (givenUp: number): number => FIRST_REST_MS * 4 ** (givenUp - 1);

/** It waits longer than anything is made to wait: our clock was ahead when this was written. */
const hasStrayed = ({ notBefore, givenUp = 0 }: WantedEntity, now: number): boolean =>
  notBefore > now + (givenUp > 0 ? restMs(givenUp) : DEBOUNCE_MS) + CLOCKS_APART_MS;

/** It overwrites what is there: being wanted now is newer. Each round that is lost, somebody else has won. */
const wantOne = async (ports: WantedEntitiesParts, hint: EntityHint): Promise<void> => {
  const now = ports.clock.now();
  const source = providerOf(hint.source);
  const wanted = { ...hint, source, wantedAt: now, notBefore: now + DEBOUNCE_MS };
  for (let version = 0; ;) {
    const swapped = await write(ports, wanted, version);
    if (swapped.swapped) return;
    version = swapped.version;
  }
};

const write = (
  { documents }: WantedEntitiesParts,
  wanted: WantedEntity,
  version: number,
): Promise<Swapped> =>
  documents.swap(
    collection,
    {
      id: wantedKeyOf(wanted),
      body: { ...wanted },
      fields: { notBefore: wanted.notBefore },
    },
    version,
  );

const bodyOf = ({ body }: StoredDocument): WantedEntity => body as unknown as WantedEntity;

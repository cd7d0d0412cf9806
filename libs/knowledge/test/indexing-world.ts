import { createHash } from 'node:crypto';

import { composeCatalog, fold, recordCollection, recordKinds, type KindName } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';
import {
  composeKnowledge,
  type IndexRebuild,
  type Knowledge,
  type KnowledgeParts,
} from '#libs/knowledge';
import { MemorySearchIndex, openEmbedded, type EmbeddedParts } from '#libs/testing';

export const sha256 = (bytes: Uint8Array): Uint8Array =>
  createHash('sha256').update(bytes).digest();

export const never = new AbortController().signal;

export const CHAT_AT = Date.UTC(2026, 10, 3, 8, 12);

interface ChatPlace {
  readonly room?: string;
  readonly at?: number;
  /** The message that began the thread. */
  readonly thread?: string | undefined;
}

/** Records in a store, an index, and what keeps it; the records are written by hand, as the catalog would. */
export class IndexingWorld {
  readonly freshness: [way: string, ms: number][] = [];
  readonly knowledge: Knowledge;
  #position = 0;
  #keys = 0;
  #rebuilds = 0;

  private constructor(
    readonly parts: EmbeddedParts,
    readonly overrides: Partial<KnowledgeParts>,
    readonly index: KnowledgeParts['index'],
  ) {
    this.knowledge = this.start();
  }

  static async open(
    overrides: Partial<KnowledgeParts> = {},
    index: KnowledgeParts['index'] = new MemorySearchIndex(),
  ): Promise<IndexingWorld> {
    return new IndexingWorld(await openEmbedded(), overrides, index);
  }

  /** As a process has it that starts on this store now. */
  start(others: (parts: KnowledgeParts) => Partial<KnowledgeParts> = () => ({})): Knowledge {
    const parts = { ...this.knowledgeParts(), ...this.overrides };
    return composeKnowledge({ ...parts, ...others(parts) });
  }

  knowledgeParts(): KnowledgeParts {
    const { documents, clock, hash } = this.parts;
    return {
      ...{ documents, clock, hash, digest: sha256, index: this.index },
      ...{ timeZone: 'Europe/Lisbon', kindLimits: {}, excludedKinds: new Set() },
      catalog: composeCatalog({ ...this.parts, kindLimits: {} }),
      makeKey: () => sha256(new Uint8Array([(this.#keys += 1)])),
      letOthersWork: () => Promise.resolve(),
      onIndexed: (way, ms) => void this.freshness.push([way, ms]),
    };
  }

  /** One more fact about it; by the rule of a kind that is told whole, what was said before counts no more. */
  async put(
    kind: KindName,
    id: string,
    fields: JsonObject,
    rules?: { readonly whole: string; readonly sweeps: readonly [] },
  ): Promise<void> {
    const collection = recordCollection(kind, 1);
    const [before] = await this.parts.documents.get(collection, [id]);
    const position = (this.#position += 1);
    const key = `${String(position).padStart(15, '0')}.010.001.${id}`;
    const state = fold(before?.body as never, { key, fields: { id, ...fields }, rules });
    await this.parts.documents.put(collection, [
      {
        ...{ id, body: state, fields: recordKinds[kind].fieldsOf(state) },
        fence: { era: 1, position },
      },
    ]);
  }

  message(id: string, text: string, conversation = 'guesty.main.talk'): Promise<void> {
    return this.put('guest_message', id, { text, conversation, author: 'guest', sentAt: 1_000 });
  }

  /** A message of the chat as its database has it now; without words it is gone. */
  chat(
    id: string,
    text: string | undefined,
    { room = 'chat.main.r1', at = CHAT_AT, thread }: ChatPlace = {},
  ): Promise<void> {
    const said: JsonObject =
      text === undefined
        ? { deletedAt: 9_000, isWhole: true }
        : { at, authorName: 'Maya', isWhole: true, room, text, ...(thread && { thread }) };
    return this.put('chat_message', id, said, { whole: 'isWhole', sweeps: [] });
  }

  /** Nothing is left that says where it was. */
  async erase(kind: KindName, id: string): Promise<void> {
    const position = (this.#position += 1);
    await this.parts.documents.put(recordCollection(kind, 1), [
      { id, body: null, fence: { era: 1, position } },
    ]);
  }

  signal(kind: KindName, id: string, ageMs = 0) {
    return { kind, id, publishedAt: this.parts.clock.now() - ageMs };
  }

  /** Texts cannot be read from an index: which records a live unit is made of. */
  async recordsIn(unit: string, kind: KindName = 'guest_message'): Promise<readonly string[]> {
    const { live } = await this.knowledge.pointer.open();
    const { items } = await this.index.list(live.generation, { limit: 1_000 });
    const known = items.find((one) => one.unit === unit);
    if (!known || known.passages === 0) return [];
    const all = await this.parts.documents.query(recordCollection(kind, 1), {
      limit: 1_000,
    });
    const names = all.items.map(({ id }) => `${kind}/${id}`);
    const found = await Promise.all(
      names.map(async (name) =>
        (await this.index.unitsOf(live.generation, [name])).includes(unit) ? [name] : [],
      ),
    );
    return found.flat().sort();
  }

  async rebuild(switches = false): Promise<IndexRebuild> {
    await this.knowledge.rebuilds.ask(`rebuild ${(this.#rebuilds += 1)}`, {
      switch: switches,
      acceptChanges: false,
    });
    const { ended } = await this.knowledge.keepIndex(never);
    if (!ended) throw new Error('the rebuild did not end');
    return ended;
  }

  /** The live index is what a whole new one says of the records. */
  async differing(): Promise<readonly string[]> {
    const { result } = await this.rebuild();
    return (result?.comparison.differing ?? []).map(({ kind, id }) => `${kind}/${id}`);
  }
}

/** A process that dies at its n-th call of a port: what it had begun never goes on. */
export const dyingAt = (
  call: number,
): {
  readonly calls: () => number;
  readonly wrap: <T extends object>(port: T) => T;
  readonly died: Promise<'died'>;
} => {
  let calls = 0;
  const death = Promise.withResolvers<'died'>();
  const wrap = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, method) {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          calls += 1;
          if (calls === call) {
            death.resolve('died');
            return new Promise(() => undefined);
          }
          const answer: unknown = await (value as (...all: unknown[]) => unknown).apply(
            target,
            args,
          );
          calls += 1;
          if (calls !== call) return answer;
          death.resolve('died');
          return new Promise(() => undefined);
        };
      },
    });
  return { calls: () => calls, wrap, died: death.promise };
};

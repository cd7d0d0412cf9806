import { topics, decodeDelivery, type Delivery } from '#libs/contracts';
import {
  createHistoryRuns,
  createWantedEntities,
  endHistory,
  failHistory,
  holdHistory,
  readHistory,
  receiveAnswers,
  refreshEntity,
  stopHistory,
} from '#libs/intake';
import { utf8 } from '#libs/kernel';
import type {
  LookedUp,
  ProviderApi,
  RawAnswer,
  Recipe,
  RecipePage,
  TimeRange,
} from '#libs/ports/provider';
import { drained, listenerOf, type EmbeddedParts } from '#libs/testing';

export const answerOf = (id: string, text: string, more: Partial<RawAnswer> = {}): RawAnswer => ({
  ...{ entity: 'song', id, body: utf8(text), askedAt: 1_000 },
  ...more,
});

export interface AskedPage {
  readonly stretch: TimeRange;
  readonly after: string | undefined;
}

/** A provider's API that answers what a spec puts into it, and remembers what it was asked. */
export class FakeApi implements ProviderApi {
  readonly provider = 'parrot';
  readonly onlyTold = [];
  readonly asked: AskedPage[] = [];
  readonly lookedUp: string[] = [];
  songs: readonly RawAnswer[] = [];
  perPage = 2;
  toldAt: number | undefined;
  recipes: readonly Recipe[];
  /** Comes before each answer. */
  before: () => Promise<void> = async () => undefined;
  found: LookedUp = { outcome: 'gone' };
  readonly webhooks = {
    inspect: () => Promise.reject(new Error('not asked')),
    mend: () => Promise.reject(new Error('not asked')),
  };

  constructor(recipe: Partial<Recipe> = {}) {
    this.recipes = [
      {
        ...{ name: 'songs', entities: ['song'], by: 'change' },
        passes: [{ everyMs: 60_000, reachMs: 600_000 }],
        page: (stretch, after) => this.#page(stretch, after),
        ...recipe,
      },
    ];
  }

  ping = async () => undefined;

  async lookUp({ id }: { readonly id: string }): Promise<LookedUp> {
    this.lookedUp.push(id);
    await this.before();
    return this.found;
  }

  async #page(stretch: TimeRange, after?: string): Promise<RecipePage> {
    this.asked.push({ stretch, after });
    await this.before();
    const from = Number(after ?? 0);
    const to = from + this.perPage;
    return {
      answers: this.songs.slice(from, to),
      progress: { done: Math.min(to, this.songs.length), of: this.songs.length },
      ...(to < this.songs.length && { next: `${to}` }),
    };
  }
}

export const syncOn = (parts: EmbeddedParts, api: FakeApi) => {
  const apis = new Map([[api.provider, api]]);
  const wanted = createWantedEntities(parts);
  const runs = createHistoryRuns(parts);
  const receive = receiveAnswers(parts);
  const ports = { ...parts, apis, wanted, runs, receive, lastTold: async () => api.toldAt };
  const listener = listenerOf(topics.deliveries);
  return {
    wanted,
    runs,
    receive,
    refresh: refreshEntity(ports),
    read: readHistory(ports),
    fail: failHistory(ports),
    hold: holdHistory(ports),
    stop: stopHistory(ports),
    end: endHistory(ports),
    /** What was published since the last look, in any order. */
    published: async (): Promise<Delivery[]> =>
      (await drained(parts.bus, listener)).map(({ data }) => decodeDelivery(data)),
  };
};

export const unhurried = () => ({
  signal: new AbortController().signal,
  sliceMs: 60_000,
  progress: async () => undefined,
});

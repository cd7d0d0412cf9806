import { BSON, type ChangeStream, type Document } from 'mongodb';

import { isBefore, type FeedTime } from '#libs/contracts';
import { asFault, fault, type Fault } from '#libs/kernel';
import type { FeedBatch, FeedChange, FeedPlace, OpenFeed } from '#libs/ports/change-feed';

import { feedTimeOf, keyOfId } from './feed-documents.js';
import { watchPipeline } from './feed-pipelines.js';
import type { FollowedSource } from './followed-source.js';

const { EJSON } = BSON;

/** How long a server holds one question. Ours may wait longer, over several, or leave one open. */
const HELD_MS = 1000;

/** What the pipeline leaves of an event. */
interface FeedEvent {
  readonly operationType: string;
  readonly clusterTime?: BSON.Timestamp;
  readonly documentKey?: { readonly _id: unknown };
}

interface StreamAnswer {
  readonly event: FeedEvent | null;
  readonly token: Document;
  /** More events came with it. */
  readonly hasMore: boolean;
}

/** Of what one answer of the server holds: a time-out and a race for each event would cost more than reading it. */
const MOST_AT_ONCE = 1000;

/** A change stream from a place on. What the driver can resume by itself it resumes. */
export class OpenMongodbFeed implements OpenFeed {
  readonly #stream: ChangeStream;
  /** A question that outlives a call: its answer belongs to the next one. */
  #asked: Promise<readonly StreamAnswer[]> | undefined;
  /** Read and not told yet, and how many of them are told. */
  #answers: readonly StreamAnswer[] = [];
  #toldOf = 0;
  #at: FeedTime;
  /** As text only where somebody takes it. */
  #token: string | Document;
  #ended: Fault | undefined;
  readonly #closed = Promise.withResolvers<undefined>();

  constructor(
    private readonly source: FollowedSource,
    place: FeedPlace,
    /** Hears the time of each change before it is told. */
    private readonly told: (at: FeedTime) => void,
  ) {
    this.#at = place.at;
    this.#token = place.token;
    this.#stream = source.collection.watch(watchPipeline(source.options), {
      startAfter: tokenOf(place),
      maxAwaitTimeMS: HELD_MS,
      enableUtf8Validation: false,
    });
  }

  async next({ waitMs, limit }: { waitMs: number; limit: number }): Promise<FeedBatch> {
    this.#throwIfEnded();
    const deadline = performance.now() + waitMs;
    const changes: FeedChange[] = [];
    while (changes.length < limit) {
      const answer = await this.#answer(deadline - performance.now());
      if (!answer) break;
      const change = this.#taken(answer);
      if (change) changes.push(change);
      // The end of the collection is told after what came before it.
      if (changes.length > 0 && (!answer.hasMore || this.#ended)) break;
      this.#throwIfEnded();
    }
    return { changes, place: this.#place() };
  }

  async close(): Promise<void> {
    this.#ended ??= fault('CAPTURE_UNREACHABLE', { details: { reason: 'the feed is closed' } });
    this.#closed.resolve(undefined);
    await this.source.run(() => this.#stream.close()).catch(() => undefined);
  }

  #throwIfEnded(): void {
    if (this.#ended) throw this.#ended;
  }

  #place(): FeedPlace {
    if (typeof this.#token !== 'string')
      this.#token = EJSON.stringify(this.#token, { relaxed: false });
    return { token: this.#token, at: this.#at };
  }

  /** Missing: none came within this time, or the feed was closed. */
  async #answer(withinMs: number): Promise<StreamAnswer | undefined> {
    const known = this.#answers[this.#toldOf++];
    if (known) return known;
    this.#answers = (await this.#asking(withinMs)) ?? [];
    this.#toldOf = 1;
    return this.#answers[0];
  }

  async #asking(withinMs: number): Promise<readonly StreamAnswer[] | undefined> {
    const asked = (this.#asked ??= this.#ask());
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), Math.max(withinMs, 0));
    });
    try {
      const answers = await Promise.race([asked, late, this.#closed.promise]);
      if (answers) this.#asked = undefined;
      return answers;
    } catch (error) {
      this.#ended ??= asFault(error);
      throw this.#ended;
    } finally {
      clearTimeout(timer);
    }
  }

  #ask(): Promise<readonly StreamAnswer[]> {
    const asked = this.source.stream(async () => {
      const answers = [await this.#read()];
      while (answers.at(-1)?.hasMore && answers.length < MOST_AT_ONCE)
        answers.push(await this.#read());
      return answers;
    });
    // A failure that comes while nobody waits is heard by the next who asks.
    asked.catch(() => undefined);
    return asked;
  }

  async #read(): Promise<StreamAnswer> {
    const event = (await this.#stream.tryNext()) as FeedEvent | null;
    // Read at once: the stream's token is of what it gave last, and of the whole batch once all of that was given.
    const token = this.#stream.resumeToken as Document;
    return { event, token, hasMore: this.#stream.bufferedCount() > 0 };
  }

  #taken({ event, token }: StreamAnswer): FeedChange | undefined {
    if (event && !CHANGES.has(event.operationType)) {
      this.#ended = fault('CAPTURE_COLLECTION_GONE', { details: { event: event.operationType } });
      return undefined;
    }
    const at = event?.clusterTime ? feedTimeOf(event.clusterTime) : momentIn(token);
    this.#token = token;
    if (at && isBefore(this.#at, at)) this.#at = at;
    if (!event?.documentKey) return undefined;
    this.told(this.#at);
    const removed = event.operationType === 'delete';
    return { key: keyOfId(event.documentKey._id), removed, at: at ?? this.#at };
  }
}

/** All other kinds end a collection: drop, rename, dropDatabase, invalidate. */
const CHANGES = new Set(['insert', 'update', 'replace', 'delete']);

const tokenOf = ({ token }: FeedPlace): Document => {
  try {
    return EJSON.parse(token, { relaxed: false }) as Document;
  } catch (cause) {
    throw fault('CAPTURE_HISTORY_LOST', { cause });
  }
};

const MOMENT = /^82([0-9A-F]{8})([0-9A-F]{8})/;

/** A token begins with its moment. Only for showing how far a quiet feed is: a token of another form has none. */
const momentIn = ({ _data: data }: Document): FeedTime | undefined => {
  const [, t, i] = MOMENT.exec(String(data)) ?? [];
  return t && i ? { t: Number.parseInt(t, 16), i: Number.parseInt(i, 16) } : undefined;
};

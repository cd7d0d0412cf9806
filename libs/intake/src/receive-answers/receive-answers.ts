import { BACKFILLED, encodeDelivery, topics, type Delivery } from '#libs/contracts';
import { derivedId, joinBytes, toHex, utf8, type Hash } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Collection, Documents, StoredDocument } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Hint, RawAnswer } from '#libs/ports/provider';

import { apiSourceOf } from '../sources.js';

/** The provider has it no more: told like an answer, without a body. */
export interface GoneEntity extends Hint {
  readonly gone: true;
  readonly askedAt: number;
}

export type ProviderAnswer = RawAnswer | GoneEntity;

export interface ReceiveOptions {
  readonly provider: string;
  /** Nobody told us: it was found by reading the provider's lists. */
  readonly backfilled: boolean;
}

export interface ReceivedAnswers {
  /** How many told something new. */
  readonly fresh: number;
  /** What is worth looking up because of them. */
  readonly hints: readonly Hint[];
  /** The provider's own times of what is new, where it gives them. */
  readonly changes: readonly number[];
}

interface ReceiveAnswersParts {
  readonly documents: Documents;
  readonly bus: Pick<Bus, 'publish'>;
  readonly log: Pick<EventLog, 'head'>;
  readonly hash: Hash;
}

/** The state of each entity as the provider's API answered it last: its digest, nothing of itself. */
const answersCollection: Collection = { name: 'api_answers', fields: [] };

interface Digested {
  readonly answer: ProviderAnswer;
  readonly document: string;
  readonly state: string;
  readonly delivery: Uint8Array;
}

/**
 * What the API answered, as deliveries of the source `<provider>-api`: only what tells something new since the
 * last answer. Published first and noted afterwards, so a crash repeats and never loses.
 */
export const receiveAnswers =
  ({ documents, bus, log, hash }: ReceiveAnswersParts) =>
  async (
    { provider, backfilled }: ReceiveOptions,
    answers: readonly ProviderAnswer[],
  ): Promise<ReceivedAnswers> => {
    if (answers.length === 0) return nothing;
    // What an older log that was put back does not know is new again.
    const { era } = await log.head();
    const digested = await digestAll(hash, provider, answers);
    const names = [...new Set(digested.map(({ document }) => document))];
    const stored = await documents.get(answersCollection, names);
    const known = new Map(names.map((name, i) => [name, stored[i]]));
    const fresh = digested.filter(
      ({ document, state }) => stateIn(known.get(document), era) !== state,
    );
    if (fresh.length === 0) return nothing;
    await bus.publish(
      topics.deliveries,
      fresh.map((one) => {
        const delivery = deliveryOf(one, provider, backfilled);
        return { data: encodeDelivery(delivery), attributes: { id: delivery.id } };
      }),
    );
    // The last of a batch is the newest; a process that noted another meanwhile will see this one as new again.
    const newest = new Map(fresh.map((one) => [one.document, one]));
    await Promise.all(
      [...newest.values()].map(({ document, state }) =>
        documents.swap(
          answersCollection,
          { id: document, body: { state, era } },
          known.get(document)?.version ?? 0,
        ),
      ),
    );
    return {
      fresh: fresh.length,
      hints: fresh.flatMap(({ answer }) => hintsOf(answer)),
      changes: fresh.flatMap(({ answer }) =>
        'changedAt' in answer ? (answer.changedAt ?? []) : [],
      ),
    };
  };

const nothing: ReceivedAnswers = { fresh: 0, hints: [], changes: [] };

const isGone = (answer: ProviderAnswer): answer is GoneEntity => 'gone' in answer;

const hintsOf = (answer: ProviderAnswer): readonly Hint[] =>
  isGone(answer) ? [] : (answer.hints ?? []);

const stateIn = (stored: StoredDocument | undefined, era: number): string | undefined => {
  const noted = stored?.body as { readonly state: string; readonly era: number } | undefined;
  return noted?.era === era ? noted.state : undefined;
};

const digestAll = async (
  hash: Hash,
  provider: string,
  answers: readonly ProviderAnswer[],
): Promise<readonly Digested[]> => {
  const digests = await hash(
    answers.flatMap((answer) => [stateInput(answer), deliveryInput(provider, answer)]),
  );
  return answers.map((answer, i) => ({
    answer,
    document: `${provider}/${answer.entity}/${answer.id}`,
    state: toHex(digests[2 * i] ?? new Uint8Array()),
    delivery: digests[2 * i + 1] ?? new Uint8Array(),
  }));
};

const stateInput = (answer: ProviderAnswer): Uint8Array => {
  if (isGone(answer)) return utf8('gone');
  return answer.state === undefined ? answer.body : utf8(`state ${answer.state}`);
};

/**
 * The entity belongs to it, since two can be answered in the same bytes. Without a time of its own a state that
 * comes back is a new answer, which only the time of asking tells.
 */
const deliveryInput = (provider: string, answer: ProviderAnswer): Uint8Array => {
  const at = isGone(answer) || answer.changedAt === undefined ? answer.askedAt : '';
  const head = `${apiSourceOf(provider)}\0${answer.entity}\0${answer.id}\0${at}\0`;
  return joinBytes(utf8(head), isGone(answer) ? utf8('gone') : answer.body);
};

const deliveryOf = (
  { answer, delivery }: Digested,
  provider: string,
  backfilled: boolean,
): Delivery => {
  const gone = isGone(answer);
  const sourceTime = gone ? 0 : (answer.changedAt ?? 0);
  return {
    id: derivedId(sourceTime, delivery),
    source: apiSourceOf(provider),
    receivedAt: answer.askedAt,
    sourceTime,
    headers: {
      'innkeeper-entity': answer.entity,
      'innkeeper-id': answer.id,
      'innkeeper-asked-at': `${answer.askedAt}`,
      ...(gone && { 'innkeeper-gone': 'true' }),
      ...(backfilled && { [BACKFILLED]: 'true' }),
    },
    body: gone ? new Uint8Array() : answer.body,
  };
};

import {
  allSubscriptions,
  LETTER_ATTRIBUTE,
  REDRIVE_ATTRIBUTE,
  type DeadLetter,
  type Subscription,
} from '#libs/contracts';
import { canonicalJson, fault, joinBytes, type Clock, type Fault } from '#libs/kernel';
import type { Bus, Message } from '#libs/ports/bus';
import {
  everyPage,
  type Collection,
  type Documents,
  type FencedDocument,
  type Page,
  type StoredDocument,
} from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import { deliveryIn, letterId, readLetter } from './read-letter.js';
import { openedUnder, SEAL_ROOM, sealedUnder, streamOf, streamsOf } from './seal-letter.js';

export type { DeadLetter };

export const deadLettersCollection: Collection = {
  name: 'dead_letters',
  fields: ['buriedAt', 'subscription', 'code'],
  orderedBy: 'buriedAt',
};

/** The rest of letters that do not fit one document: their message may be as large as a delivery. */
export const deadLetterPartsCollection: Collection = { name: 'dead_letter_parts', fields: [] };

export interface LetterQuery {
  readonly subscription?: string;
  readonly after?: string;
  readonly limit: number;
}

export interface DeadLetters {
  /** Puts a message aside on the dead letter topic, sealed. Only then may it be acknowledged. */
  bury(subscription: Subscription, message: Message, cause: Fault): Promise<void>;
  /**
   * Moves what lies on a dead letter topic into documents: Pub/Sub itself can neither list nor show. What we did not
   * put there ourselves is sealed first. `keeper`: the subscription that the messages came by.
   */
  keep(keeper: Subscription, messages: readonly Message[]): Promise<void>;
  list(query: LetterQuery): Promise<Page>;
  show(id: string): Promise<DeadLetter | undefined>;
  /** Its message; nothing where there is no such letter, or a key of it is gone. */
  open(id: string): Promise<Uint8Array | undefined>;
  /** Sends it to its own subscription once more, then forgets it. `false`: there is no such letter. */
  redrive(id: string): Promise<boolean>;
  /** Forgets it for good, its key too. */
  drop(id: string): Promise<boolean>;
}

interface DeadLettersParts {
  readonly documents: Documents;
  readonly keys: Keys;
  readonly bus: Bus;
  readonly clock: Clock;
}

export const createDeadLetters = (ports: DeadLettersParts): DeadLetters =>
  new SealedDeadLetters(ports);

class SealedDeadLetters implements DeadLetters {
  constructor(private readonly ports: DeadLettersParts) {}

  async bury(subscription: Subscription, message: Message, cause: Fault): Promise<void> {
    const { keys, bus, clock } = this.ports;
    const { deadLetter } = subscription;
    if (!deadLetter) throw fault('BUS_TOPIC_UNKNOWN', { details: { of: subscription.name } });
    const id = letterId(subscription.consumer, message.id);
    const delivery = deliveryIn(subscription.topic, message);
    const letter: DeadLetter = {
      id,
      ...(delivery !== undefined && { delivery }),
      subscription: subscription.name,
      code: cause.code,
      attempts: message.attempt,
      buriedAt: clock.now(),
      bytes: message.data.length,
      attributes: message.attributes,
    };
    const data = await sealedUnder(keys, streamsOf(letter), message.data);
    await bus.publish(deadLetter, [
      { data, attributes: { [LETTER_ATTRIBUTE]: canonicalJson(letter) } },
    ]);
  }

  async keep(keeper: Subscription, messages: readonly Message[]): Promise<void> {
    const { documents } = this.ports;
    const letters = await Promise.all(messages.map((message) => this.#letterIn(keeper, message)));
    const rest = letters.flatMap((letter) => letter.rest);
    if (rest.length > 0) await documents.put(deadLetterPartsCollection, rest);
    await documents.put(
      deadLettersCollection,
      letters.map(({ head }) => head),
    );
  }

  list({ subscription, after, limit }: LetterQuery): Promise<Page> {
    return this.ports.documents.query(deadLettersCollection, {
      ...(subscription !== undefined && { where: { subscription } }),
      order: { field: 'buriedAt', descending: true },
      limit,
      bytes: false,
      ...(after !== undefined && { after }),
    });
  }

  async show(id: string): Promise<DeadLetter | undefined> {
    const found = await this.#find(id);
    return found && letterOf(found);
  }

  async open(id: string): Promise<Uint8Array | undefined> {
    const found = await this.#find(id);
    return found && this.#open(found, letterOf(found));
  }

  async redrive(id: string): Promise<boolean> {
    const found = await this.#find(id);
    if (!found) return false;
    const { bus } = this.ports;
    const letter = letterOf(found);
    const subscription = allSubscriptions.find(({ name }) => name === letter.subscription);
    if (!subscription)
      throw fault('BUS_TOPIC_UNKNOWN', { details: { subscription: letter.subscription } });
    const data = await this.#open(found, letter);
    if (data) {
      const attributes = { ...letter.attributes, [REDRIVE_ATTRIBUTE]: subscription.name };
      await bus.publish(subscription.topic, [{ data, attributes }]);
    }
    await this.#remove(letter);
    return true;
  }

  async drop(id: string): Promise<boolean> {
    const found = await this.#find(id);
    if (!found) return false;
    const { keys, clock } = this.ports;
    await this.#remove(letterOf(found));
    await keys.destroy([streamOf(id)], clock.now());
    return true;
  }

  async #letterIn(keeper: Subscription, message: Message): Promise<LetterDocuments> {
    const { letter, sealed } = readLetter(keeper, message);
    // Buried again after a redrive, it is newer; the same burial twice is the same letter.
    if (sealed) return documentsOf(letter, message.data, letter.buriedAt);
    const data = await sealedUnder(this.ports.keys, streamsOf(letter), message.data);
    // Each sealing gives other bytes: only by a newer fence does the whole of the last one stand.
    return documentsOf(letter, data, this.ports.clock.now());
  }

  async #open({ bytes }: StoredDocument, letter: DeadLetter): Promise<Uint8Array | undefined> {
    const { documents, keys } = this.ports;
    const rest = await documents.get(deadLetterPartsCollection, partIds(letter));
    const parts = [bytes, ...rest.map((part) => part?.bytes)].filter((part) => !!part);
    return openedUnder(keys, streamsOf(letter), joinBytes(...parts));
  }

  async #remove(letter: DeadLetter): Promise<void> {
    const { documents } = this.ports;
    await documents.remove(deadLettersCollection, [letter.id]);
    await documents.remove(deadLetterPartsCollection, partIds(letter));
  }

  async #find(id: string): Promise<StoredDocument | undefined> {
    return (await this.ports.documents.get(deadLettersCollection, [id]))[0];
  }
}

/** Below every store's limit for a document, with room for the rest of it. */
const PART = 700 * 1024;
const partsOf = ({ bytes }: DeadLetter): number => Math.ceil((bytes + SEAL_ROOM) / PART);
const partIds = (letter: DeadLetter): string[] =>
  Array.from({ length: partsOf(letter) - 1 }, (_, i) => `${letter.id}.${i + 1}`);

interface LetterDocuments {
  readonly head: FencedDocument;
  readonly rest: readonly FencedDocument[];
}

const documentsOf = (letter: DeadLetter, data: Uint8Array, position: number): LetterDocuments => {
  const { id, buriedAt, subscription, code } = letter;
  const size = Math.ceil(data.length / partsOf(letter));
  const fence = { era: 0, position };
  return {
    head: {
      id,
      body: { ...letter },
      bytes: data.subarray(0, size),
      fields: { buriedAt, subscription, code },
      fence,
    },
    rest: partIds(letter).map((part, i) => ({
      id: part,
      body: {},
      bytes: data.subarray((i + 1) * size, (i + 2) * size),
      fence,
    })),
  };
};

/** Every letter that there is, page by page. */
export async function* letterPages(
  deadLetters: Pick<DeadLetters, 'list'>,
  query: Omit<LetterQuery, 'after'>,
): AsyncGenerator<readonly DeadLetter[]> {
  const pages = everyPage((after) =>
    deadLetters.list({ ...query, ...(after !== undefined && { after }) }),
  );
  for await (const page of pages) yield page.map(letterOf);
}

export const letterOf = ({ body }: StoredDocument): DeadLetter => body as unknown as DeadLetter;

import { encodeDelivery, topics } from '#libs/contracts';
import { derivedId, joinBytes, toHex, utf8, type Hash, type Id } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Collection, Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';

/** What an operator gives us to keep. The token that let them in is the proof, so no signature is asked for. */
export interface HandedIn {
  /** The source that reads it. */
  readonly source: string;
  /** What it is about, by the id that its source gives: the newest of one thing counts. */
  readonly thing: string;
  /** What it says, without the time: equal if nothing changed. */
  readonly said: string;
  readonly body: Uint8Array;
  readonly at: number;
}

export interface HandInOutcome {
  /** Of the delivery that says so, which may be an older one. */
  readonly id: Id;
  readonly outcome: 'received' | 'unchanged';
}

interface HandInParts {
  readonly documents: Documents;
  readonly bus: Pick<Bus, 'publish'>;
  readonly log: Pick<EventLog, 'head'>;
  readonly hash: Hash;
}

/** What was handed in last of each thing: its digest and its delivery, nothing of itself. */
export const handedInCollection: Collection = { name: 'handed_in', fields: [] };

interface LastHandedIn {
  readonly state: string;
  readonly delivery: Id;
  readonly era: number;
}

/**
 * A delivery of what differs from the last of its thing. It is durable on the bus before anybody hears of it, and noted
 * afterwards: a crash in between repeats it.
 */
export const handInDelivery =
  ({ documents, bus, log, hash }: HandInParts) =>
  async ({ source, thing, said, body, at }: HandedIn): Promise<HandInOutcome> => {
    // What an older log that was put back does not know is new again.
    const { era } = await log.head();
    const document = `${source}/${thing}`;
    const [state = NOTHING, identity = NOTHING] = await hash([
      utf8(said),
      joinBytes(utf8(`${source}\0${thing}\0${at}\0`), body),
    ]);
    const [stored] = await documents.get(handedInCollection, [document]);
    const last = stored?.body as LastHandedIn | undefined;
    if (last && last.era === era && last.state === toHex(state))
      return { id: last.delivery, outcome: 'unchanged' };
    const id = derivedId(at, identity);
    const delivery = { id, source, receivedAt: at, sourceTime: at, headers: JSON_BODY, body };
    await bus.publish(topics.deliveries, [{ data: encodeDelivery(delivery), attributes: { id } }]);
    const noted = { state: toHex(state), delivery: id, era };
    await documents.swap(handedInCollection, { id: document, body: noted }, stored?.version ?? 0);
    return { id, outcome: 'received' };
  };

const NOTHING = new Uint8Array();
const JSON_BODY = { 'content-type': 'application/json' };

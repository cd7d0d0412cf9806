import {
  chatAnswerObservedV1,
  chatMessageObservedV1,
  topics,
  toCloudEvent,
  type FactMeta,
  type Topic,
} from '#libs/contracts';
import type { Bus, OutgoingMessage } from '#libs/ports/bus';
import type { StoredFact } from '#libs/ports/event-log';

/** Each context's facts have a topic; our own probes are nobody else's business and have none. */
const topicOf: Readonly<Record<string, Topic>> = {
  catalog: topics.catalogFacts,
  intake: topics.intakeFacts,
  log: topics.logFacts,
};

/** What is said in the chat has one beside, for who answers there: of all other facts they would only be the post. */
const ofChat: ReadonlySet<string> = new Set([
  chatAnswerObservedV1.type,
  chatMessageObservedV1.type,
]);

/**
 * Announces what is in the log: every fact's envelope, without its personal part, as a CloudEvent.
 * It may run ahead of the catalog, so who consumes facts must not count on records.
 */
export const relayFacts =
  ({ bus }: { bus: Bus }) =>
  async (facts: readonly StoredFact[]): Promise<void> => {
    const messages = new Map<Topic, OutgoingMessage[]>();
    for (const fact of facts) {
      const topic = topicOf[fact.type.slice(0, fact.type.indexOf('.'))];
      if (!topic) continue;
      const { personal: _sealed, meta, ...envelope } = fact;
      const why = metaOf(meta);
      if (!why) continue;
      const event = toCloudEvent({ ...envelope, ...why });
      add(messages, topic, event);
      if (ofChat.has(fact.type)) add(messages, topics.chat, event);
    }
    for (const [topic, group] of messages) await bus.publish(topic, group);
  };

const add = (
  messages: Map<Topic, OutgoingMessage[]>,
  topic: Topic,
  message: OutgoingMessage,
): void => {
  const group = messages.get(topic);
  if (group) group.push(message);
  else messages.set(topic, [message]);
};

/** Nothing where nobody can read it: such a fact is parked by the projection of records, which knows why. */
const metaOf = (meta: string): FactMeta | undefined => {
  try {
    return JSON.parse(meta) as FactMeta;
  } catch {
    return undefined;
  }
};

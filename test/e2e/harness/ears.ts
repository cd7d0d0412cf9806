import type { Topic } from '#libs/contracts';
import type { Bus, Message } from '#libs/ports/bus';

/** Subscriptions of somebody else's, as other services have them: one on each of these topics. */
export const overhear = async (
  bus: Bus,
  topics: readonly Topic[],
  hear: (topic: Topic, messages: readonly Message[]) => void,
): Promise<void> => {
  const ears = topics.map((topic) => ({
    name: `${topic.name}--ears`,
    topic,
    consumer: 'ears',
    role: 'test',
    batch: 64,
    ackDeadlineSeconds: 60,
    backoff: { first: 500, most: 60_000 },
    attempts: 5,
  }));
  await bus.create([], ears);
  for (const ear of ears)
    await bus.consume(ear, async (messages) => {
      hear(ear.topic, messages);
      return messages.map(() => ({ outcome: 'done' }));
    });
};

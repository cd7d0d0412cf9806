import { deliveryStreamOf, type StreamErasedV1 } from '#libs/contracts';
import { ERASURES } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import { pagesOfStream, type EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

/**
 * After keys came back from a backup, some that had been destroyed may be among them: every erasure
 * that the log knows is carried out again. Doing it where nothing came back changes nothing.
 */
export const eraseAgain =
  ({ log, keys, clock }: { log: EventLog; keys: Keys; clock: Clock }) =>
  async (): Promise<{ readonly streams: number }> => {
    let streams = 0;
    for await (const page of pagesOfStream(log, ERASURES))
      for (const { data } of page) {
        const erased = JSON.parse(data) as StreamErasedV1;
        const names = [...erased.streams, ...erased.deliveries.map(deliveryStreamOf)];
        await keys.destroy(names, clock.now());
        streams += erased.streams.length;
      }
    return { streams };
  };

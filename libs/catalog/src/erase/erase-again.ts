import { deliveryStreamOf, type StreamErasedV1 } from '#libs/contracts';
import { ERASURES } from '#libs/journal';
import type { Clock } from '#libs/kernel';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

const PAGE = 1000;

/**
 * After keys came back from a backup, some that had been destroyed may be among them: every erasure
 * that the log knows is carried out again. Doing it where nothing came back changes nothing.
 */
export const eraseAgain =
  ({ log, keys, clock }: { log: EventLog; keys: Keys; clock: Clock }) =>
  async (): Promise<{ readonly streams: number }> => {
    let streams = 0;
    for (let after = 0; ;) {
      const page = await log.stream(ERASURES, after, PAGE);
      for (const { data } of page) {
        const erased = JSON.parse(data) as StreamErasedV1;
        const names = [...erased.streams, ...erased.deliveries.map(deliveryStreamOf)];
        await keys.destroy(names, clock.now());
        streams += erased.streams.length;
      }
      after = page.at(-1)?.version ?? after;
      if (page.length < PAGE) return { streams };
    }
  };

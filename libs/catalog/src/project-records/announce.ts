import { topics, type RecordSignal } from '#libs/contracts';
import { utf8 } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';

/** Tells subscribers that records changed. Ids only. */
export const announce = async (bus: Bus, signals: readonly RecordSignal[]): Promise<void> => {
  if (signals.length === 0) return;
  await bus.publish(
    topics.records,
    signals.map((signal) => ({
      data: utf8(JSON.stringify(signal)),
      attributes: { kind: signal.kind },
    })),
  );
};

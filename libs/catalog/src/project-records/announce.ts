import { topics, type RecordSignal, type Topic } from '#libs/contracts';
import { utf8 } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';

/** Tells subscribers that records changed. Ids only. Who only wants to know what is gone hears nothing else. */
export const announce = async (
  bus: Bus,
  signals: readonly RecordSignal[],
  gone = signals.filter((signal) => signal.gone),
): Promise<void> => {
  await tell(bus, topics.records, signals);
  await tell(bus, topics.gone, gone);
};

const tell = async (bus: Bus, topic: Topic, signals: readonly RecordSignal[]): Promise<void> => {
  if (signals.length === 0) return;
  await bus.publish(
    topic,
    signals.map((signal) => ({
      data: utf8(JSON.stringify(signal)),
      attributes: { kind: signal.kind },
    })),
  );
};

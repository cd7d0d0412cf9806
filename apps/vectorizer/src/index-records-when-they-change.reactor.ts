import { readSignal, subscriptions, type RecordSignal } from '#libs/contracts';
import { succeeded, type Fault } from '#libs/kernel';
import type { Knowledge, ReceivedSignal } from '#libs/knowledge';
import { contexts, Reactor, type ReactorOutcome } from '#libs/platform';
import type { Message } from '#libs/ports/bus';
import { Controller, Inject } from '@nestjs/common';

/** Indexes what changed just now; what waited too long is noted for later, and done. */
@Controller()
export class IndexRecordsWhenTheyChangeReactor {
  constructor(@Inject(contexts.knowledge) private readonly knowledge: Knowledge) {}

  @Reactor(subscriptions.indexOfRecords)
  async react(messages: readonly Message[]): Promise<readonly ReactorOutcome[]> {
    const read = messages.map(({ data }) => readSignal(data));
    await this.knowledge.takeSignals(read.flatMap((signal, i) => receivedOf(signal, messages[i])));
    return read.map((signal) => (succeeded(signal) ? undefined : signal));
  }
}

const receivedOf = (
  signal: RecordSignal | Fault,
  message: Message | undefined,
): readonly ReceivedSignal[] =>
  succeeded(signal) && message
    ? [{ kind: signal.kind, id: signal.id, publishedAt: message.publishedAt }]
    : [];

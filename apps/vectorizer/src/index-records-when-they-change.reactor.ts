import { recordSignal, subscriptions } from '#libs/contracts';
import { fault, succeeded, textOf, type Fault } from '#libs/kernel';
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
    const read = messages.map(readSignal);
    await this.knowledge.takeSignals(read.filter(succeeded));
    return read.map((signal) => (succeeded(signal) ? undefined : signal));
  }
}

const readSignal = ({ data, publishedAt }: Message): ReceivedSignal | Fault => {
  try {
    const { kind, id } = recordSignal.parse(JSON.parse(textOf(data)));
    return { kind, id, publishedAt };
  } catch (cause) {
    return fault('KNOWLEDGE_SIGNAL_MALFORMED', { cause });
  }
};

import type { FactMeta } from '#libs/contracts';
import { readerOf, type KnownSources, type ReadDeliveries } from '#libs/intake';
import type { Clock, Id } from '#libs/kernel';
import type { Log, Metrics } from '#libs/platform';
import type { StoredFact } from '#libs/ports/event-log';

/** A fact does not say when its delivery came in; that is looked up, for a few in a second. */
const EVERY_MS = 1_000;
const LOOKED_AT = 8;

interface TimeToRecordParts extends KnownSources {
  readonly deliveries: Pick<ReadDeliveries, 'find'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly metrics: Pick<Metrics, 'reached'>;
}

/** Measures how long deliveries need from their receipt to their records. */
export class TimeToRecord {
  #lookedAt = 0;
  #looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: TimeToRecordParts) {}

  /** Called when the records of these facts are written. Never fails. */
  async written(facts: readonly StoredFact[]): Promise<void> {
    const now = this.parts.clock.now();
    if (now - this.#lookedAt < EVERY_MS) return;
    this.#lookedAt = now;
    const before = this.#looking;
    this.#looking = this.#look(facts, now).then(() => before);
    await this.#looking;
  }

  /** Settles when nothing is looked up any more: then the stores may close. */
  settled(): Promise<void> {
    return this.#looking;
  }

  async #look(facts: readonly StoredFact[], now: number): Promise<void> {
    const newest = this.#newest(facts.slice(-LOOKED_AT));
    try {
      const kept = await this.parts.deliveries.find([...newest.values()]);
      for (const [i, source] of [...newest.keys()].entries()) {
        const receivedAt = kept[i]?.receivedAt;
        if (receivedAt !== undefined)
          this.parts.metrics.reached(source, 'record', now - receivedAt);
      }
    } catch (error) {
      // A figure less; what is really away says so elsewhere.
      this.parts.log.warn('lag.unknown', { error });
    }
  }

  /** One delivery of each source that we know. */
  #newest(facts: readonly StoredFact[]): ReadonlyMap<string, Id> {
    const found = new Map<string, Id>();
    for (const { meta } of facts) {
      const { source = '', causationId } = metaOf(meta);
      const [name = ''] = source.split('/');
      if (causationId !== undefined && readerOf(this.parts, name)) found.set(name, causationId);
    }
    return found;
  }
}

/** What cannot be read was parked by the projection. */
const metaOf = (meta: string): Partial<FactMeta> => {
  try {
    return JSON.parse(meta) as Partial<FactMeta>;
  } catch {
    return {};
  }
};

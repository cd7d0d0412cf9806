import type { Noticed, Received, Sources } from '#libs/intake';
import type { Clock } from '#libs/kernel';

import type { KnownSecrets } from './known-secrets.js';
import { STRANGERS } from './read-sources.js';
import type { Tallies } from './tallies.js';

/** Figures of this process, shown at once and gone with it. */
export interface SourceMeter {
  delivered(source: string, outcome: string, canary: boolean): void;
  tookIn(source: string, outcome: string): void;
  reached(source: string, until: 'log', ms: number): void;
}

export interface CountSourcesParts {
  readonly sources: Sources;
  /** Whether deliveries of this source can be read: it has a door or an API here. */
  readonly isKnown: (source: string) => boolean;
  readonly tallies: Tallies;
  readonly knownSecrets: KnownSecrets;
  readonly meter: SourceMeter;
  readonly clock: Clock;
}

export interface SourceCounts {
  /** What a door answered. */
  answered(source: string, received: Received, canary: boolean): void;
  /** What became of deliveries once they were in the log. */
  notice(noticed: readonly Noticed[]): void;
  /** Keeps what was counted, and notes once since when each secret is live. */
  write(): Promise<void>;
}

/** Counts what the door and intake did, by source: in the meter at once, and in the tallies until they are written. */
export const countSources = (parts: CountSourcesParts): SourceCounts => {
  const { sources, tallies, knownSecrets, meter } = parts;
  let areSecretsSeen = false;
  return {
    answered(name, received, canary) {
      const source = sources.has(name) ? name : STRANGERS;
      const outcome = received.outcome === 'received' ? 'received' : received.code;
      meter.delivered(source, outcome, canary);
      if (received.outcome === 'refused') tallies.count(source, `refused.${received.code}`);
    },

    notice(noticed) {
      for (const one of noticed) noteOne(parts, one);
    },

    async write() {
      await tallies.write();
      if (areSecretsSeen) return;
      for (const [source, { secrets }] of sources) await knownSecrets.seen(source, secrets);
      areSecretsSeen = true;
    },
  };
};

const noteOne = (
  { isKnown, tallies, meter, clock }: CountSourcesParts,
  { source: name, receivedAt, became, understood, failed }: Noticed,
): void => {
  const source = isKnown(name) ? name : STRANGERS;
  meter.tookIn(source, became);
  if (became === 'canary') return tallies.count(source, 'canaries');
  tallies.count(source, became);
  if (became === 'repeated') return;
  meter.reached(source, 'log', clock.now() - receivedAt);
  if (failed) {
    meter.tookIn(source, 'failed');
    tallies.count(source, 'failed');
  }
  if (!understood) {
    meter.tookIn(source, 'not_understood');
    tallies.count(source, 'notUnderstood');
  }
};

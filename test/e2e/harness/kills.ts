import { setTimeout as delay } from 'node:timers/promises';

import { Comparison, type Findings } from './comparison.js';
import type { Senders } from './senders.js';
import type { Topology } from './topology.js';

const SENDERS = 20;
const COMPARE_EACH = 25;

interface Kills {
  readonly topology: Topology;
  readonly senders: Senders;
  readonly random: () => number;
  readonly count: number;
}

/** A slow machine answers nobody for a while after a start: a kill then would show nothing. */
const anAnswer = async ({ answered }: Senders): Promise<void> => {
  const before = answered.length;
  while (answered.length === before) await delay(10);
};

/**
 * About one kill a second while senders post, nothing settled in between. Three of four come in the middle of work,
 * the fourth while the platform starts on what the one before left. After every 25, and at the end, what is new is
 * compared; what each comparison found is the answer.
 */
export const killWhilePosting = async (kills: Kills): Promise<readonly Findings[]> => {
  const { topology, senders, random, count } = kills;
  const comparison = new Comparison();
  const found: Findings[] = [];
  senders.start(SENDERS);
  for (let kill = 1; kill <= count; kill++) {
    if (random() < 0.25) await topology.start({ afterMs: random() * 700 });
    else {
      await topology.start();
      await anAnswer(senders);
      await delay(random() * 800);
    }
    await topology.kill();
    if (kill % COMPARE_EACH > 0 && kill < count) continue;
    await topology.start();
    await senders.stop();
    await topology.drained(senders.answered);
    found.push(await topology.inspect((parts) => comparison.look(parts, senders.answered)));
    if (kill < count) senders.start(SENDERS);
  }
  return found;
};

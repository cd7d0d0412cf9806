import type { FactObservation } from '#libs/journal';
import { aircall } from '#libs/providers/aircall';

import { Bodies } from '../load/bodies.js';

export const BATCH = 256;

/** Batches of what ended calls say, about as many streams as a batch has facts: their keys are made once. */
export const batchesOf = (from: number, count: number): FactObservation[][] => {
  const bodies = new Bodies('token');
  const batches: FactObservation[][] = [];
  for (let n = from; n < from + count; n++) {
    if ((n - from) % BATCH === 0) batches.push([]);
    batches.at(-1)?.push(observationOf(bodies, n));
  }
  return batches;
};

const observationOf = (bodies: Bodies, n: number): FactObservation => {
  const normalised = aircall.normalise({
    account: 'main',
    headers: {},
    body: bodies.body(n).slice(),
    receivedAt: 0,
  });
  if (!normalised.understood || 'canary' in normalised) throw new Error('not understood');
  const [observation] = normalised.observations;
  if (!observation) throw new Error('nothing observed');
  const id = '01990000-0000-8000-8000-000000000000';
  const meta = { causationId: id, correlationId: id, source: 'aircall/main' };
  return { ...observation, stream: `call/${n % BATCH}`, meta };
};

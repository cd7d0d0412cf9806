import { readFileSync } from 'node:fs';

interface Body {
  event: string;
  timestamp: number;
  token: string;
  data: { id: number; [field: string]: unknown };
}

const samples = [
  'call.created.inbound',
  'call.answered',
  'call.ended.answered',
  'call.tagged',
  'call.untagged',
  'call.commented',
  'call.archived',
  'contact.updated',
  'user.connected.v2',
  'number.closed',
].map(
  (name) =>
    JSON.parse(
      readFileSync(new URL(`../../fixtures/aircall/${name}.json`, import.meta.url), 'utf8'),
    ) as Body,
);

/** Small, repeatable randomness: the seed of a failing run is printed and can be given again. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
};

/** Bodies about a few hundred calls, so that many are about the same record, in any order. */
export const nextBody = (random: () => number, token: string): Uint8Array => {
  const sample = samples[Math.floor(random() * samples.length)] ?? samples[0];
  if (!sample) throw new Error('there are no samples');
  const body = structuredClone(sample);
  body.token = token;
  body.timestamp += Math.floor(random() * 100_000);
  body.data.id += Math.floor(random() * 300);
  return new TextEncoder().encode(JSON.stringify(body));
};

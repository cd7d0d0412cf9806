import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { TOKEN } from './roles.js';

interface Body {
  event: string;
  timestamp: number;
  token: string;
  data: { id: number; [field: string]: unknown };
}

const samples = new Map(
  [
    'call.created.inbound',
    'call.answered',
    'call.ended.answered',
    'call.tagged',
    'call.untagged',
    'call.commented',
    'contact.updated',
    'contact.deleted',
    'user.connected.v2',
    'number.closed',
    'integration.deleted',
  ].map((name) => [
    name,
    JSON.parse(
      readFileSync(new URL(`../../fixtures/aircall/${name}.json`, import.meta.url), 'utf8'),
    ) as Body,
  ]),
);

/** What a provider sends once or more often: a sample, about one of few things, within few seconds. */
export interface Telling {
  readonly sample: string;
  readonly thing: number;
  readonly second: number;
  /** When it is posted: all at once, or while something else is long since under way. */
  readonly atMs: number;
}

export const tellings = (most: number): fc.Arbitrary<readonly Telling[]> =>
  fc.array(
    fc.record({
      sample: fc.constantFrom(...samples.keys()),
      thing: fc.nat(1),
      second: fc.nat(3),
      atMs: fc.constantFrom(0, 0, 2_000, 13_000),
    }),
    { minLength: 1, maxLength: most },
  );

export const bodyOf = ({ sample, thing, second }: Telling): Uint8Array => {
  const { timestamp, data, ...rest } = samples.get(sample) as Body;
  const body = {
    ...rest,
    timestamp: timestamp + second,
    token: TOKEN,
    data: { ...data, id: data.id + thing },
  };
  return new TextEncoder().encode(JSON.stringify(body));
};

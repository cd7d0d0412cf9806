import { readFileSync } from 'node:fs';

import { nodeOutbound } from '#libs/adapters/outbound';
import { Secret } from '#libs/kernel';
import { repeating, type RepeatingOptions } from '#libs/ports/outbound';
import { FakeAircall, ManualClock } from '#libs/testing';

import { aircallApi, waitIn } from '../src/api/aircall-api.js';

const fixtures = new URL('../../../../test/fixtures/aircall/', import.meta.url);
export const sample = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as Record<string, unknown>;
export const dataOf = (name: string): Record<string, unknown> =>
  sample(name)['data'] as Record<string, unknown>;

const API_TOKEN = 'a-token-of-the-api';

/** The client as it runs, against the fake: real HTTP, time that is passed by hand. */
export const aircallWorld = async (over: Partial<RepeatingOptions> = {}) => {
  const clock = new ManualClock();
  const fake = await FakeAircall.start({ clock, apiId: 'an-id', apiToken: API_TOKEN });
  const raw = nodeOutbound({ allowed: ['127.0.0.0/8'] });
  const waits: number[] = [];
  const outbound = repeating({
    outbound: raw,
    clock,
    waitIn,
    random: () => 0.5,
    patienceMs: 61_000,
    sleep: async (ms) => {
      waits.push(ms);
      clock.pass(ms);
    },
    ...over,
  });
  const apiWith = (apiToken: string) =>
    aircallApi({ outbound, clock, apiId: 'an-id', apiToken: new Secret(apiToken), url: fake.url });
  return {
    ...{ clock, fake, waits, apiWith, api: apiWith(API_TOKEN) },
    close: async (): Promise<void> => {
      raw.close();
      await fake.close();
    },
  };
};

import { describe, expect, it } from '@jest/globals';

import { inMemoryOutbound, type Received } from '#libs/testing';
import {
  outboundBehaviours,
  outboundContract,
  type OutboundHarness,
  type Scripted,
} from '#suites/outbound';

const inMemory = (options?: { readonly keepsSecrets: boolean }): OutboundHarness => {
  let answers: Readonly<Record<string, Scripted>> = {};
  const arrived: Received[] = [];
  const outbound = inMemoryOutbound((request) => {
    if (request.origin === 'https://nowhere.example') return 'unreachable';
    arrived.push(request);
    const scripted = answers[request.path];
    return typeof scripted === 'object' ? scripted : 'unanswered';
  }, options);
  return {
    outbound,
    arrived,
    origin: 'https://one.example',
    elsewhere: 'https://two.example',
    nowhere: 'https://nowhere.example',
    script: (next) => void (answers = next),
    dispose: () => Promise.resolve(),
  };
};

outboundContract('nothing but memory', () => Promise.resolve(inMemory()));

describe('the suite of outbound', () => {
  it('rejects a client that gives secrets to whom it is sent', async () => {
    const rejected: string[] = [];
    for (const [title, behaviour] of Object.entries(outboundBehaviours))
      await behaviour(inMemory({ keepsSecrets: false })).catch(() => rejected.push(title));
    expect(rejected).toEqual(['gives no secret to another origin']);
  });
});

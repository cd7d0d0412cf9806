import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { webHash as hash } from '#libs/kernel';

import { labelsOfServer, readServerLabels, serverNameOf } from './server-name.js';

const run = '00000000-0000-8000-8000-000000000001';
const anyEnvironment = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);

describe('the name of a server', () => {
  it('says of which environment and of which run it is', async () => {
    const name = await serverNameOf({ hash }, { environment: 'prod', run });
    expect(name).toBe(`innkeeper-prod-backup-${run}`);
  });

  it('is one that any fleet takes, and another one for each environment', () =>
    fc.assert(
      fc.asyncProperty(anyEnvironment, anyEnvironment, async (environment, other) => {
        const name = await serverNameOf({ hash }, { environment, run });
        expect(name).toMatch(/^innkeeper-[a-z0-9-]+$/);
        expect(name.length).toBeLessThanOrEqual(63);
        expect(name.endsWith(run)).toBe(true);
        if (other === environment) return;
        expect(await serverNameOf({ hash }, { environment: other, run })).not.toBe(name);
      }),
    ));
});

describe('the labels of a server', () => {
  const ours = { environment: 'test', run, expiresAt: 1_800_000_000_000 };

  it('are read as they were written', () => {
    expect(readServerLabels({ ...labelsOfServer(ours), other: 'x' })).toEqual(ours);
    for (const value of Object.values(labelsOfServer(ours)))
      expect(value).toMatch(/^[A-Za-z0-9._-]{1,63}$/);
  });

  it.each([
    ['none', {}],
    ['no environment', { 'innkeeper-run': run, 'innkeeper-expires': '1800000000' }],
    ['a run that is none', { ...labelsOfServer(ours), 'innkeeper-run': 'x' }],
    ['a time that is none', { ...labelsOfServer(ours), 'innkeeper-expires': 'soon' }],
    ['a time before all times', { ...labelsOfServer(ours), 'innkeeper-expires': '-1' }],
  ])('with %s make a server nobody of ours knows', (_, labels) => {
    expect(readServerLabels(labels)).toBeUndefined();
  });
});

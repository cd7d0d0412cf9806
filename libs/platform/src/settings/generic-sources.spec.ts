import { describe, expect, it } from '@jest/globals';

import { readSettings } from './read-settings.js';
import type { SettingsError } from './settings-error.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const OLDER = 'whsec_C2FVsBQIhrscChlQIMV0b5zSYVobH3Zk';

const sourcesOf = (text: string) =>
  readSettings({ INNKEEPER_SOURCES: text }, () => '').generic.sources.map(
    ({ secrets, ...rest }) => ({ ...rest, secrets: secrets.map((secret) => secret.reveal()) }),
  );

describe('generic sources', () => {
  it('are none until they are set', () => {
    expect(readSettings({}, () => '').generic.sources).toEqual([]);
  });

  it('need a name, the scheme and a secret, and may have an older one', () => {
    expect(
      sourcesOf(`crm:standard-webhooks:${SECRET}|${OLDER}, cal:standard-webhooks:${SECRET}`),
    ).toEqual([
      {
        name: 'crm',
        account: 'main',
        secrets: [SECRET, OLDER],
        fields: { event: '/type', time: '/timestamp' },
      },
      {
        name: 'cal',
        account: 'main',
        secrets: [SECRET],
        fields: { event: '/type', time: '/timestamp' },
      },
    ]);
  });

  it('say as JSON where in their bodies things stand', () => {
    const cal = {
      name: 'cal',
      secrets: [SECRET],
      event: '/triggerEvent',
      time: '/createdAt',
      id: '/payload/uid',
      subject: '/payload/title',
    };
    expect(sourcesOf(JSON.stringify([cal]))).toEqual([
      {
        name: 'cal',
        account: 'main',
        secrets: [SECRET],
        fields: {
          event: '/triggerEvent',
          time: '/createdAt',
          id: '/payload/uid',
          subject: '/payload/title',
        },
      },
    ]);
  });

  it.each([
    ['a scheme nobody knows', `crm:hmac:${SECRET}`],
    ['no secret', 'crm:standard-webhooks:'],
    ['the name of a provider', `aircall:standard-webhooks:${SECRET}`],
    ['the name of an API’s answers', `crm-api:standard-webhooks:${SECRET}`],
    ['a name that is no part of an address', `Crm/1:standard-webhooks:${SECRET}`],
    ['one name twice', `crm:standard-webhooks:${SECRET},crm:standard-webhooks:${SECRET}`],
    ['three secrets', `crm:standard-webhooks:${SECRET}|${OLDER}|${SECRET}`],
    ['half a list', '[{"name":"crm"'],
    ['a member nobody knows', JSON.stringify([{ name: 'crm', secrets: [SECRET], tiem: '/a' }])],
  ])('are refused with %s, and no secret is told', (_what, text) => {
    const lines = wrong(text);
    expect(lines).toEqual([expect.stringMatching(/^INNKEEPER_SOURCES: expected /)]);
    expect(lines.join()).not.toContain(SECRET);
  });
});

const wrong = (text: string): readonly string[] => {
  try {
    sourcesOf(text);
    return [];
  } catch (thrown) {
    return (thrown as SettingsError).lines;
  }
};

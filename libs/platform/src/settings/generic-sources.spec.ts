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

  const hmac = {
    ...{ name: 'code', scheme: 'hmac', header: 'X-Hub-Signature-256', secrets: ["It's a secret"] },
    ...{ hash: 'sha256', encoding: 'hex', signed: '{body}' },
  };

  it('may sign with an HMAC in a header', () => {
    const timed = {
      ...{ ...hmac, name: 'pay', hash: 'sha512', encoding: 'base64', signed: '{time}.{body}' },
      ...{ toleranceSeconds: 60, id: '/data/id', event: 'header:X-Event' },
    };
    expect(sourcesOf(JSON.stringify([{ ...hmac, prefix: 'sha256=' }, timed]))).toEqual([
      {
        ...{ name: 'code', account: 'main', secrets: ["It's a secret"] },
        fields: { event: '/type', time: '/timestamp', id: '/id' },
        signing: {
          ...{ header: 'x-hub-signature-256', hash: 'sha256', encoding: 'hex' },
          prefix: 'sha256=',
        },
      },
      {
        ...{ name: 'pay', account: 'main', secrets: ["It's a secret"] },
        fields: { event: 'header:X-Event', time: '/timestamp', id: '/data/id' },
        signing: {
          ...{ header: 'x-hub-signature-256', hash: 'sha512', encoding: 'base64' },
          time: { separator: '.', toleranceMs: 60_000 },
        },
      },
    ]);
  });

  it.each([
    ['{time}.{body}', { separator: '.', toleranceMs: 300_000 }],
    ['{time},{body}', { separator: ',', toleranceMs: 300_000 }],
    ['{body}', undefined],
  ])('sign what the setting says: %s', (signed, time) => {
    const [source] = readSettings(
      { INNKEEPER_SOURCES: JSON.stringify([{ ...hmac, signed }]) },
      () => '',
    ).generic.sources;
    expect(source?.signing?.time).toEqual(time);
  });

  it.each([
    ['a header that is none', { header: 'X Signature' }],
    ['no header', { header: undefined }],
    ['a hash nobody should use', { hash: 'sha1' }],
    ['no hash', { hash: undefined }],
    ['an encoding nobody knows', { encoding: 'base32' }],
    ['a prefix of two lines', { prefix: 'a\nb' }],
    ['a prefix where the time is signed', { prefix: 'sha256=', signed: '{time}.{body}' }],
    ['something else signed', { signed: 'v0:{time}:{body}' }],
    ['only the time signed', { signed: '{time}.' }],
    ['time and body signed without a separator', { signed: '{time}{body}' }],
    ['a tolerance of nothing', { toleranceSeconds: 0 }],
    ['a tolerance that is text', { toleranceSeconds: '300' }],
    ['a secret that can be guessed', { secrets: ['short'] }],
    ['a member nobody knows', { algorithm: 'sha256' }],
    ['a header where only a pointer fits', { subject: 'header:x-subject' }],
  ])('that sign in a header are refused with %s', (_what, change) => {
    expect(wrong(JSON.stringify([{ ...hmac, ...change }]))).toEqual([
      expect.stringMatching(/^INNKEEPER_SOURCES: expected /),
    ]);
  });

  it.each([
    ['a scheme nobody knows', `crm:hmac:${SECRET}`],
    ['no secret', 'crm:standard-webhooks:'],
    ['the name of a provider', `aircall:standard-webhooks:${SECRET}`],
    ['the name of an API’s answers', `crm-api:standard-webhooks:${SECRET}`],
    ['the name of a feed', `crm-feed:standard-webhooks:${SECRET}`],
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

import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { Secret, utf8, webHash, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { providerContract } from '#suites/provider';

import { hmacHeader } from './hmac-header.js';

const folder = new URL('../../../../test/fixtures/standard-webhooks/', import.meta.url);
const samples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
);
const personal = ['Nkechi', 'Adeyemi', 'nkechi@example.com', 'Zofia', 'Wójcik'];
const fields = { event: '/type', time: '/timestamp', id: '/data/id', subject: '/data/name' };

providerContract('a sender that signs the body in a header', {
  provider: hmacHeader('shop', {
    signing: { header: 'x-shop-hmac', hash: 'sha512', encoding: 'base64' },
    fields,
  }),
  samples,
  personal,
});

providerContract('a sender that signs the time too', {
  provider: hmacHeader('convoy', {
    signing: {
      ...{ header: 'x-convoy-signature', hash: 'sha256', encoding: 'hex' },
      time: { separator: ',', toleranceMs: 300_000 },
    },
    fields,
  }),
  samples,
  personal,
});

const repository = hmacHeader('code', {
  signing: { header: 'x-hub-signature-256', hash: 'sha256', encoding: 'hex', prefix: 'sha256=' },
  fields: { event: 'header:X-GitHub-Event', time: '/issue/updated_at', id: '/issue/id' },
});

describe('a sender that names the event in a header', () => {
  const said = (headers: Readonly<Record<string, string>>): Normalised =>
    repository.normalise({
      account: 'main',
      body: utf8('{"action":"opened","issue":{"id":7,"updated_at":"2026-11-03T20:26:10Z"}}'),
      headers,
      receivedAt: 0,
    });

  it('is read there, in whatever case the setting spells it', () => {
    expect(said({ 'x-github-event': 'issues' })).toMatchObject({
      observations: [
        {
          stream: 'notice/code.main.7',
          occurredAt: Date.UTC(2026, 10, 3, 20, 26, 10),
          data: { event: 'issues' },
        },
      ],
    });
    expect(said({})).toEqual({
      understood: false,
      reason: 'no name of an event at the header x-github-event',
    });
  });

  it('keeps that header, and the one with the signature', () => {
    const kept = ['x-hub-signature-256', 'x-github-event', 'x-github-delivery', 'cookie'];
    expect(kept.filter((name) => repository.headers?.test(name))).toEqual(kept.slice(0, 2));
  });

  it('has one source time however often it comes: the one in the body', async () => {
    const secret = new Secret('a secret of the spec');
    const { headers, body } = await repository.sign(
      { issue: { id: 7, updated_at: '2026-11-03T20:26:10Z' } },
      secret,
      5000,
    );
    const request = { source: 'code', headers, body, receivedAt: 5000 };
    expect(await repository.prove(request, { secrets: [secret], hash: webHash })).toEqual({
      proved: true,
      sourceTime: Date.UTC(2026, 10, 3, 20, 26, 10),
    });
  });
});

import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { providerContract } from '#suites/provider';

import { backups } from './backups.js';

const folder = new URL('../../../../test/fixtures/backups/', import.meta.url);
const samples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
);

providerContract('backups', { provider: backups, samples, personal: ['lindqvist'] });

const sample = { ...samples.get('run.succeeded') };
const run = sample['run'] as JsonObject;
const read = (payload: JsonObject): Normalised =>
  backups.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
  });

describe('a state of a backup', () => {
  it('becomes one fact, ordered by its count, without details', () => {
    const normalised = read(sample);
    expect(normalised).toMatchObject({
      understood: true,
      observations: [
        {
          type: 'intake.backup_run.observed.v1',
          stream: 'backup_run/backups.main.0199f1e0-5c00-8a11-b2f0-8c1d5e6f7a01',
          occurredAt: Date.UTC(2026, 10, 30, 3, 1, 42),
          data: {
            event: 'run.changed',
            rank: 14,
            status: 'succeeded_with_warnings',
            warnings: [{ code: 'BACKUP_SOURCE_UNREADABLE', step: 'save' }],
            drill: { verdict: 'good', rpoMs: 61_000, rtoMs: 9000 },
          },
        },
      ],
    });
    expect(JSON.stringify(normalised)).not.toContain('lindqvist');
  });

  it.each([
    ['without its run', { run: null }],
    ['with sizes that are no numbers', { run: { ...run, sources: [{}] } }],
    ['with an id that is a path', { run: { ...run, id: '../x' } }],
  ])('is not understood %s', (_, changed) => {
    expect(read({ ...sample, ...changed }).understood).toBe(false);
  });
});

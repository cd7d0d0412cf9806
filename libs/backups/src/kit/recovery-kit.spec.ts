import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { Fault, Secret, webHash } from '#libs/kernel';

import { aKit } from '../../test/sample-kit.js';
import { kitFingerprint, kitNoteText, kitStanding, readKitNote } from './kit-fingerprint.js';
import { readRecoveryKit, recoveryKitText, type RecoveryKit } from './recovery-kit.js';

const refusal = (text: string): Fault => {
  try {
    readRecoveryKit(text);
  } catch (error) {
    return error as Fault;
  }
  throw new Error('it was read');
};

/** A text with one member changed. */
const changed = (change: (document: Record<string, unknown>) => void): string => {
  const document = JSON.parse(recoveryKitText(aKit())) as Record<string, unknown>;
  change(document);
  return JSON.stringify(document);
};

describe('a recovery kit', () => {
  it('comes back from its text, word for word', () => {
    const text = recoveryKitText(aKit());
    expect(recoveryKitText(readRecoveryKit(text))).toBe(text);
    expect(readRecoveryKit(text).repositories.keys.password.reveal()).toContain('🗝');
  });

  it('says in words what it is and what to do, to somebody who has nothing else', () => {
    const { what } = JSON.parse(recoveryKitText(aKit())) as { what: string[] };
    expect(what[0]).toContain('recovery kit of Innkeeper, environment production');
    expect(what.join('\n')).toContain('innkeeper backup restore --kit');
  });

  it('shows no secret where it is logged', () => {
    const kit = readRecoveryKit(recoveryKitText(aKit()));
    const shown = inspect(kit, { depth: 9 }) + JSON.stringify(kit);
    expect(shown).toContain('[secret]');
    expect(shown).not.toMatch(/wJalr|quoted|0123456789abcdef/);
  });

  it.each([
    ['no JSON', 'password: secret-words'],
    ['null', 'null'],
    ['no kit', '{}'],
    ['a newer format', changed((document) => (document.format = 2))],
    ['no master key', changed((document) => delete document.masterKey)],
    ['an empty master key', changed((document) => (document.masterKey = ''))],
    ['no repository of keys', changed((document) => (document.repositories = { data: {} }))],
  ])('is refused when it is %s, without a word of what stood there', (_what, text) => {
    const error = refusal(text);
    expect(error.code).toBe('BACKUP_KIT_UNREADABLE');
    expect(inspect(error, { depth: 9 })).not.toContain('secret-words');
  });
});

describe('the fingerprint of a kit', () => {
  const of = (kit: RecoveryKit) => kitFingerprint(kit, webHash);
  const { repositories, ...rest } = aKit();
  const { data, keys } = repositories;
  const other = new Secret('another one');
  const withData = (part: Partial<typeof data>): RecoveryKit => ({
    ...rest,
    repositories: { keys, data: { ...data, ...part } },
  });

  it.each<[string, RecoveryKit]>([
    ['a password', withData({ password: other })],
    ['an address', withData({ address: 's3:https://s3.example.org/other' })],
    ['an account', withData({ accessKey: { id: 'another', secret: other } })],
    [
      'the secret of an account',
      withData({ accessKey: { id: 'AKIA0000111122223333', secret: other } }),
    ],
    ['the master key', { ...rest, repositories, masterKey: other }],
    ['repositories that changed places', { ...rest, repositories: { data: keys, keys: data } }],
  ])('changes with %s', async (_what, kit) => {
    expect(await of(kit)).not.toBe(await of(aKit()));
  });

  it('stays when nothing but the day is another', async () => {
    const later = { ...aKit(), madeAt: '2027-01-01T00:00:00.000Z', machine: 'another' };
    expect(await of(later)).toBe(await of(aKit()));
  });

  it('tells whether a kit was made and is still current', () => {
    const note = readKitNote(
      kitNoteText({ madeAt: '2026-12-01T10:00:00.000Z', fingerprint: 'ab' }),
    );
    expect(kitStanding(note, 'ab')).toBe('current');
    expect(kitStanding(note, 'cd')).toBe('stale');
    expect(kitStanding(undefined, 'ab')).toBe('missing');
    expect(readKitNote('{"madeAt":1}')).toBeUndefined();
    expect(readKitNote('null')).toBeUndefined();
  });
});

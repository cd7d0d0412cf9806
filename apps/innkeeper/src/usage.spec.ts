import { describe, expect, it } from '@jest/globals';

import { kindNames } from '#libs/catalog';
import { codes, fault, type Code } from '#libs/kernel';
import { SettingsError } from '#libs/platform/local';

import { kinds } from './commands/record-kinds.js';
import { exitOfKind } from './exit.js';
import { run } from '../test/fake-outside.js';

const commands = [
  ...['start', 'send', 'token', 'settings', 'records', 'link', 'trace', 'facts', 'deliveries'],
  ...[
    'ask',
    'doctor',
    'quarantine',
    'dead',
    'rebuild',
    'verify',
    'erase',
    'log',
    'bus',
    'capture',
    'eval',
    'model',
    'search',
  ],
];

describe('the command line', () => {
  it('lists every command, and teaches each', async () => {
    const { out, code } = await run('--help');
    expect(code).toBe(0);
    for (const command of commands) {
      expect(out).toContain(`  ${command} `);
      const help = await run(`${command} --help`);
      expect(help.code).toBe(0);
      expect(help.out).toMatch(/^Usage: innkeeper \w+/);
      expect(help.out).toContain('--json');
    }
  });

  it('shows its help to somebody who said nothing, as wrong usage', async () => {
    const { code, out, err } = await run('');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: innkeeper');
  });

  it.each([
    ['facts --limit none', /--limit/],
    ['facts --limit 0', /whole number from 1/],
    ['facts --after -1', /whole number from 0|argument missing/],
    ['facts --limt 1', /Did you mean --limit/],
    ['records', /missing required argument 'kind'/],
    ['records call --where status', /field=value/],
    ['rebuild relay', /Allowed choices are catalog/],
    ['token --role king', /viewer, operator, admin/],
    ['dead redrive', /--all/],
    ['dead redrive 1 --all', /--all/],
    ['deliveries reprocess', /--all/],
    ['deliveries reprocess 1 --all', /either/],
    ['sned', /Did you mean send/],
    ['nonsense', /npx innkeeper --help/],
    ['ask', /missing required argument 'question'/],
    ['search', /missing required argument 'words'/],
    ['eval', /missing required argument 'folder'/],
  ])('says what is wrong with `%s`, and exits 2', async (words, says) => {
    const { code, out, err } = await run(words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(says);
  });

  it.each<[Code, number]>([
    ['API_NOT_FOUND', 1],
    ['LOG_ERA_NOT_NEWER', 1],
    ['DEFECT_UNKNOWN', 1],
    ['API_TOKEN_INVALID', 2],
    ['API_REQUEST_INVALID', 2],
    ['DATA_IN_USE', 2],
    ['PLATFORM_UNREACHABLE', 3],
    ['KEYS_UNAVAILABLE', 3],
  ])('tells %s with what to do next, and exits %i', async (code, expected) => {
    const answer = await run('doctor', { examine: () => Promise.reject(fault(code)) });
    expect(answer.code).toBe(expected);
    expect(answer.err).toBe(`✖ ${code} ${codes[code].title}\n  Next: ${codes[code].remedy}\n`);
  });

  it('has an exit code for every kind of fault', () => {
    for (const { kind } of Object.values(codes)) expect([1, 2, 3]).toContain(exitOfKind(kind));
  });

  it('names each setting that is wrong, and exits 2', async () => {
    const wrong = new SettingsError(['INNKEEPER_X: expected y', 'INNKEEPER_Z: expected a']);
    const { code, err } = await run('token', {}, { token: () => Promise.reject(wrong) });
    expect(code).toBe(2);
    expect(err).toMatch(/^INNKEEPER_X: expected y\nINNKEEPER_Z: expected a\n✖ SETTINGS_INVALID/);
  });

  it('knows the kinds of record the catalog knows', () => {
    expect(kinds).toEqual([...kindNames].sort());
  });

  it('prints nothing of its own but the token', async () => {
    const token = (role: string) => Promise.resolve(`token-of-${role}`);
    expect(await run('token', {}, { token })).toMatchObject({ out: 'token-of-viewer\n', err: '' });
    const { documents } = await run('token --role admin --json', {}, { token });
    expect(documents).toEqual([{ token: 'token-of-admin', role: 'admin' }]);
  });
});

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect } from '@jest/globals';

import { Secret } from '#libs/kernel';
import { itNeeding, programPath, type Need } from '#libs/testing';

import { openWithPassphrase, sealWithPassphrase } from '../src/index.js';

const age = programPath('age');
/** age asks on a terminal and nowhere else; `script` is one. */
const terminal = programPath('script');

const need: Need = {
  name: 'age',
  met: age !== undefined && terminal !== undefined,
  reason: 'the programs age and script are not both on this machine',
  howToGet: 'apt-get install age bsdutils',
};

const passphrase = new Secret('k3tz-9qmw-0001');
const text = `{"secret":"Ärger 🗝"}\n${'x'.repeat(70_000)}\n`;

let folder: string;
const at = (name: string): string => join(folder, name);

/** Answers each question of the program with the passphrase, when it asks. */
const askedOnTerminal = (words: readonly string[]): Promise<number | null> =>
  new Promise((resolve, reject) => {
    const command = [age ?? '', ...words].map((word) => `'${word}'`).join(' ');
    const running = spawn(terminal ?? '', ['-qefc', command, '/dev/null'], { timeout: 60_000 });
    running.stdout.on('data', (chunk: Buffer) => {
      if (/passphrase[^:]*: *$/i.test(chunk.toString()))
        running.stdin.write(`${passphrase.reveal()}\r`);
    });
    running.on('error', reject);
    running.on('close', resolve);
  });

describe('the program age', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-age-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  itNeeding(
    need,
    'opens what we seal',
    async () => {
      writeFileSync(at('ours.age'), await sealWithPassphrase(text, passphrase));
      const ended = await askedOnTerminal(['-d', '-o', at('ours.json'), at('ours.age')]);
      expect(ended).toBe(0);
      expect(readFileSync(at('ours.json'), 'utf8')).toBe(text);
    },
    120_000,
  );

  itNeeding(
    need,
    'seals what we open',
    async () => {
      writeFileSync(at('theirs.json'), text);
      const words = ['-p', '-a', '-o', at('theirs.age'), at('theirs.json')];
      expect(await askedOnTerminal(words)).toBe(0);
      expect(await openWithPassphrase(readFileSync(at('theirs.age')), passphrase)).toBe(text);
    },
    120_000,
  );
});

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { itNeeding, programPath } from '#libs/testing';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';

import { runResponder, tokenOf, told, type RunningResponder } from './running-responder.js';

const NOTE = 'note/notes.fuse';
let responder: RunningResponder;
let profile: string;

beforeAll(async () => {
  profile = mkdtempSync(join(tmpdir(), 'innkeeper-page-'));
  responder = await runResponder();
  responder.let({ anna: {}, ben: {} });
  await responder.tell(
    told(
      NOTE,
      { note: 'notes.fuse' },
      { title: 'Fuse box', text: 'The fuse box of the loft is behind the blue door.' },
    ),
  );
}, 60_000);
afterAll(async () => {
  await responder.stop();
  rmSync(profile, { recursive: true, force: true });
});

describe('a question by its address in a browser', () => {
  const browser = programPath('chromium');
  const need = {
    name: 'chromium',
    met: browser !== undefined,
    reason: 'there is no chromium on the PATH',
    howToGet: 'install the package chromium',
  };

  /** What stands between the questions and the box, once the page has come to rest. */
  const turnsFor = async (name: string, question: string): Promise<string> => {
    const address = `${responder.url}/ask?question=${question}#${await tokenOf(name)}`;
    const { stdout } = await promisify(execFile)(browser ?? '', [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'],
      ...[`--user-data-dir=${profile}`, '--virtual-time-budget=5000', '--dump-dom', address],
    ]);
    return /<ol id="turns"[\s\S]*?<div class="dock">/.exec(stdout)?.[0] ?? '';
  };

  itNeeding(
    need,
    'stands there in full with its sources for who asked it, and is not there for others',
    async () => {
      const { body } = await responder.ask('viewer', '/api/questions', {
        body: { text: 'Where is the fuse box?' },
        name: 'anna',
      });
      const id = body.id as string;
      const own = await turnsFor('anna', id);
      expect(own).toContain('Where is the fuse box?');
      expect(own).toContain('behind the blue door');
      expect(own).toContain(`href="/r/note/${encodeURIComponent('notes.fuse')}"`);
      expect(own).toContain('class="rating"');
      const others = await turnsFor('ben', id);
      expect(others).toContain('not there');
      expect(others).toContain('for the person who asked it');
      expect(others).not.toMatch(/fuse box|blue door/u);
      // It says no more of one that is somebody else's than of one that is nowhere.
      expect(await turnsFor('ben', '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f')).toBe(others);
    },
    60_000,
  );
});

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { folderSource } from '#libs/adapters/local-files';
import type { RestoredSource } from '#libs/ports/backup-source';
import { backupSourceContract, type BackupSourceHarness } from '#suites/backup-source';

const MARK = 'MarkOfAGuest';
const PAST = new Date('2026-01-01T00:00:00Z');
const clock = { now: () => Date.now() };

/** As a repository gives it back: with the times that it had. */
const still = (path: string): void => {
  utimesSync(path, PAST, PAST);
  utimesSync(dirname(path), PAST, PAST);
};

const placeOf = ({ places }: RestoredSource): string => Object.values(places)[0] ?? '';

const harness = async (): Promise<BackupSourceHarness> => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-folder-'));
  const files = join(folder, 'files');
  mkdirSync(files);
  const names = ['one', 'two', `${MARK}.txt`].map((name) => join(files, name));
  for (const name of names) {
    writeFileSync(name, MARK);
    still(name);
  }
  mkdirSync(join(folder, 'empty'));
  const at = (place: string) => folderSource({ name: 'files', folder: place, clock });
  return {
    ...{ source: at(files), holds: { files: 3 }, folder, mark: MARK },
    async change() {
      for (const name of names.slice(0, 2)) appendFileSync(name, 'x');
    },
    oneMoment: { reason: 'a folder goes on living while it is saved' },
    async state() {
      const hash = createHash('sha256');
      for (const name of names) hash.update(readFileSync(name));
      return hash.digest('hex');
    },
    damages: {
      'a file is gone': {
        says: ['FILE_MISSING'],
        damage: (it) => {
          rmSync(join(placeOf(it), 'one'));
          utimesSync(placeOf(it), PAST, PAST);
        },
      },
      'a file is another': {
        says: ['FILE_DIFFERS'],
        damage: (it) => {
          writeFileSync(join(placeOf(it), 'one'), 'other');
          still(join(placeOf(it), 'one'));
        },
      },
      'no list': {
        says: ['FILE_MISSING'],
        damage: ({ folder: copy }) => rmSync(join(copy, 'files.sha256')),
      },
    },
    troubles: {
      BACKUP_SOURCE_EMPTY: async () => at(join(folder, 'empty')),
      BACKUP_SOURCE_MISSING: async () => at(join(folder, 'nothing')),
    },
    async dispose() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

backupSourceContract('a folder', harness);

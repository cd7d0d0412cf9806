import { describe, expect, it } from '@jest/globals';

import { Secret } from '#libs/kernel';

import { readSettings } from '../settings/read-settings.js';
import { backupText, type BackupLine } from './backup-line.js';

const password = new Secret('a password of twelve');
const at = (data: string, keys: string): BackupLine['places'] => ({
  data: { repository: data, password },
  keys: { repository: keys, password },
});
const beside = at('/srv/data/backups/data', '/srv/data/backups/keys');
const buckets = at('s3:https://s3.example/data', 's3:https://s3.example/keys');
const restic = { version: '0.18.1', isOld: false };

const lineOf = (
  env: Readonly<Record<string, string>>,
  line: Partial<Omit<BackupLine, 'settings'>>,
): string =>
  backupText({
    settings: readSettings({ INNKEEPER_TIME_ZONE: 'Europe/Berlin', ...env }, () => ''),
    ...{ places: buckets, home: '/srv/data' },
    around: { onOwnDisk: [], restic },
    ...line,
  });

describe('the line about backups', () => {
  it('says when they begin, where they go and by what', () => {
    expect(lineOf({}, {})).toBe(
      'each day at 03:00 (Europe/Berlin) to s3:https://s3.example/data and s3:https://s3.example/keys  ·  restic 0.18.1',
    );
  });

  it('says that they lie beside the data, also before the first one', () => {
    expect(lineOf({}, { places: beside })).toContain('(on the disk of the data)');
    const disk = { places: at('/other/data', '/other/keys') };
    expect(lineOf({}, disk)).not.toContain('on the disk');
    expect(lineOf({}, { ...disk, around: { onOwnDisk: ['keys'], restic } })).toContain(
      '(on the disk of the data)',
    );
    expect(lineOf({}, { places: at('/srv/data-2/a', '/srv/data-2/b') })).not.toContain(
      'on the disk',
    );
  });

  it('says that none begins by itself, and that restic is old or missing', () => {
    expect(lineOf({ INNKEEPER_BACKUP_SCHEDULE: 'off' }, {})).toMatch(/^only when asked/u);
    const old = { onOwnDisk: [], restic: { version: '0.14.0', isOld: true } };
    expect(lineOf({}, { around: old })).toMatch(/restic 0\.14\.0, older than 0\.17\.1$/u);
    expect(lineOf({}, { around: { onOwnDisk: [], restic: undefined } })).toBe(
      'off: there is no restic here (docs/how-to/back-up.md, or set INNKEEPER_BACKUP_RESTIC)',
    );
  });
});

import { describe, expect, it } from '@jest/globals';

import { failureCode, isAbsent, isRetry } from './failure.js';

const ended = (exit: number | undefined, ...errors: string[]) => ({ exit, output: '', errors });
const wrapped = (code: number, message: string): string =>
  JSON.stringify({ message_type: 'exit_error', code, message });

const MISSING_14 = [
  'Fatal: unable to open config file: stat /r/config: no such file or directory',
  'Is there a repository at the following location?',
  '/r',
];

describe('the end of a restic', () => {
  it.each([
    ['0.14', ended(1, ...MISSING_14), 'BACKUP_REPOSITORY_MISSING'],
    [
      '0.18',
      ended(10, wrapped(10, 'Fatal: repository does not exist')),
      'BACKUP_REPOSITORY_MISSING',
    ],
    ['0.14', ended(1, 'Fatal: wrong password or no key found'), 'BACKUP_PASSWORD_WRONG'],
    ['0.18', ended(12, wrapped(12, 'Fatal: wrong password')), 'BACKUP_PASSWORD_WRONG'],
    [
      '0.14',
      ended(
        1,
        'unable to create lock in backend: repository is already locked by PID 7 on h by root',
      ),
      'BACKUP_REPOSITORY_LOCKED',
    ],
    [
      '0.18',
      ended(11, 'repo already locked, waiting up to 0s for the lock'),
      'BACKUP_REPOSITORY_LOCKED',
    ],
    [
      '0.14',
      ended(1, 'Fatal: unable to open config file: Stat: Access Denied.', 'Is there a repository?'),
      'BACKUP_ACCESS_DENIED',
    ],
    [
      '0.14',
      ended(
        1,
        'Fatal: unable to open config file: Stat: Get "http://h/b/?location=": dial tcp h: connect: connection refused',
      ),
      'BACKUP_REPOSITORY_UNREACHABLE',
    ],
    [
      'any',
      ended(
        1,
        'Remove(<snapshot/ab>) failed: client.RemoveObject: The object is locked by the bucket policy.',
      ),
      'BACKUP_ACCESS_DENIED',
    ],
    [
      'any',
      ended(1, 'Save(<data/ab>) returned error, retrying after 1s: write: no space left on device'),
      'BACKUP_REPOSITORY_FULL',
    ],
    [
      'any',
      ended(1, 'Fatal: load <index/3880e4159a>: invalid data returned'),
      'BACKUP_REPOSITORY_DAMAGED',
    ],
    [
      'any',
      ended(2, 'panic: runtime error: slice bounds out of range'),
      'BACKUP_REPOSITORY_DAMAGED',
    ],
    [
      '0.18, at S3',
      ended(
        1,
        'Stat(<config/>) returned error, retrying after 1s: Stat: The AWS Access Key Id you provided does not exist in our records.',
      ),
      'BACKUP_ACCESS_DENIED',
    ],
    ['one that is not known yet', ended(99, 'something new'), 'BACKUP_REPOSITORY_UNREACHABLE'],
    ['one that was killed', ended(undefined), 'BACKUP_REPOSITORY_UNREACHABLE'],
    ['0.19, cancelled', ended(130), 'BACKUP_REPOSITORY_UNREACHABLE'],
  ])('of version %s is known by exit or text: %j', (_version, end, code) => {
    expect(failureCode(end)).toBe(code);
  });

  it('is not explained by a file that could not be saved', () => {
    const source = JSON.stringify({
      message_type: 'error',
      error: { message: 'open /files/access denied: permission denied' },
      during: 'archival',
      item: '/files/access denied',
    });
    expect(
      failureCode(ended(1, source, 'Fatal: load <snapshot/ab12cd34>: invalid data returned')),
    ).toBe('BACKUP_REPOSITORY_DAMAGED');
    expect(failureCode(ended(1, source))).toBe('BACKUP_REPOSITORY_UNREACHABLE');
  });

  it('is explained by its last word before what it met on its way', () => {
    const retried = 'Save(<lock/ab>) returned error, retrying after 1s: connection refused';
    expect(failureCode(ended(1, retried, 'Fatal: wrong password or no key found'))).toBe(
      'BACKUP_PASSWORD_WRONG',
    );
  });
});

describe('a line of a restic', () => {
  it('tells what is gone from what cannot be reached', () => {
    const gone =
      'Load(<data/8c39c820d8>, 300215, 0) returned error, retrying after 5s: open /r: no such file or directory';
    const away =
      'Load(<data/8c39c820d8>, 300215, 0) returned error, retrying after 5s: connection refused';
    expect([gone, away].map(isRetry)).toEqual([true, true]);
    expect([gone, away].map(isAbsent)).toEqual([true, false]);
  });
});

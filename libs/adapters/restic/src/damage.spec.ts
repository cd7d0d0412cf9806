import { describe, expect, it } from '@jest/globals';

import { damageOf, isNoVerdict } from './damage.js';

const PACK = '8c39c820d8d3162989c9a3414ba72e5ea37100b30878df7df492fd6a6ee2f2ff';
const error = (message: string): string => JSON.stringify({ message_type: 'error', message });
const FATAL = 'Fatal: repository contains errors';

describe('what a check says', () => {
  it.each([
    ['0.14', [`pack ${PACK}: does not exist`, FATAL], 'PACK_MISSING', PACK],
    ['0.18', [error(`pack ${PACK}: does not exist\n`)], 'PACK_MISSING', PACK],
    ['0.14', [`Pack ID does not match, want ${PACK}, got ab`, FATAL], 'PACK_DAMAGED', PACK],
    [
      'any',
      [`pack ${PACK}: unexpected file size: got 1000, expected 300215`],
      'PACK_DAMAGED',
      PACK,
    ],
    [
      '0.18',
      [JSON.stringify({ message_type: 'summary', num_errors: 1, broken_packs: [PACK] })],
      'PACK_DAMAGED',
      PACK,
    ],
    [
      'any',
      [
        'error: error loading index 3880e4159afe: load <index/3880e4159a>: invalid data returned',
        'Fatal: LoadIndex returned errors',
      ],
      'INDEX_DAMAGED',
      '3880e4159afe',
    ],
    [
      '0.14',
      ['error: load <snapshot/c7d4eb34ec>: invalid data returned', FATAL],
      'SNAPSHOT_DAMAGED',
      'c7d4eb34ec',
    ],
    [
      '0.18',
      [
        error(
          'error: failed to load snapshot c7d4eb34: LoadRaw(<snapshot/c7d4eb34ec>): invalid data returned\n',
        ),
      ],
      'SNAPSHOT_DAMAGED',
      'c7d4eb34',
    ],
    [
      'any',
      ['error for tree 7d437510:', '  decrypting blob 7d43 failed'],
      'TREE_DAMAGED',
      '7d437510',
    ],
    [
      'any',
      [`Fatal: config or key ${PACK} is damaged: ciphertext verification failed`],
      'KEY_DAMAGED',
      PACK,
    ],
    [
      '0.14',
      ["Fatal: Unmarshal: invalid character 'u' after object key:value pair"],
      'KEY_DAMAGED',
      '',
    ],
    [
      'any',
      ['config file has zero size, invalid repository?', 'main.open'],
      'REPOSITORY_DAMAGED',
      '',
    ],
    ['one that is not known yet', [FATAL], 'REPOSITORY_DAMAGED', ''],
  ])('in version %s is named with its id: %j', (_version, lines, code, detail) => {
    expect(damageOf(lines)).toEqual([{ code, detail }]);
  });

  it('says nothing of a saved file', () => {
    const lines = [
      error('error for tree 7d437510:\n'),
      error('  file "/home/anna.txt" blob 0 not found'),
    ];
    expect(JSON.stringify(damageOf(lines))).not.toContain('anna');
  });

  it('calls a pack that is gone missing, once', () => {
    const lines = [
      `pack ${PACK}: does not exist`,
      `Load(<data/${PACK.slice(0, 10)}>, 1, 0) returned error, retrying after 1s: open /r: no such file or directory`,
      JSON.stringify({ message_type: 'summary', broken_packs: [PACK] }),
    ];
    expect(damageOf(lines)).toEqual([{ code: 'PACK_MISSING', detail: PACK }]);
  });

  it('leaves alone what an interrupted run left behind', () => {
    expect(damageOf([`pack ${PACK}: not referenced in any index`, 'no errors were found'])).toEqual(
      [],
    );
  });

  it('is no verdict where the repository could not be read', () => {
    expect(isNoVerdict([error(`pack ${PACK}: connection refused`)])).toBe(true);
    expect(isNoVerdict(['Fatal: wrong password or no key found'])).toBe(true);
    expect(isNoVerdict([`pack ${PACK}: does not exist`, FATAL])).toBe(false);
  });
});

import { Secret } from '#libs/kernel';

import { RESTIC_TO_USE, type RecoveryKit } from '../src/index.js';

/** With signs that pages, shells and JSON trip over. */
export const aKit = (): RecoveryKit => ({
  environment: 'production',
  madeAt: '2026-12-01T10:00:00.000Z',
  machine: 'front-desk',
  restic: RESTIC_TO_USE,
  repositories: {
    data: {
      address: 's3:https://s3.example.org/backups/data',
      password: new Secret('a <b>&"quoted" password\'s 0O1lI'),
      accessKey: {
        id: 'AKIA0000111122223333',
        secret: new Secret('wJalrXUtn+FEMI/K7MDENG/bPxRfi'),
      },
    },
    keys: { address: "/srv/it's/keys", password: new Secret('ключ 🗝 der Schlüssel') },
  },
  masterKey: new Secret('0123456789abcdef'.repeat(4)),
});

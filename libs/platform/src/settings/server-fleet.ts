import { z } from 'zod';

import { choice, setting } from './setting.js';
import { list, plainUrl, secret } from './values.js';

const nameOrId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
const several = list.pipe(z.array(nameOrId).min(1).max(20));

/** Which servers a backup may have for itself. */
export const serverFleet = choice(
  {
    name: 'INNKEEPER_SERVER_FLEET_KIND',
    means:
      'Where servers for backups come from. `local`: processes of this machine; `hetzner`: servers of Hetzner, one for each backup.',
    byDefault: 'local',
  },
  {
    local: {},
    hetzner: {
      token: setting(
        {
          name: 'INNKEEPER_HETZNER_TOKEN',
          means: 'Token of a Hetzner project that may read and write. No server gets it.',
          expects: 'at least 16 characters',
          secret: true,
        },
        z.string().min(16).pipe(secret),
      ),
      url: setting(
        {
          name: 'INNKEEPER_HETZNER_URL',
          means: 'Where Hetzner’s API answers.',
          expects: 'http://… or https://… without a user',
          byDefault: 'https://api.hetzner.cloud/v1',
        },
        plainUrl,
      ),
      image: setting(
        {
          name: 'INNKEEPER_HETZNER_IMAGE',
          means:
            'The snapshot that backup servers start from: its id, or a label by which the newest is found.',
          expects: 'an id, a name, or key=value of a label',
        },
        z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,126}(?:=[A-Za-z0-9._-]{0,63})?$/),
      ),
      serverTypes: setting(
        {
          name: 'INNKEEPER_HETZNER_SERVER_TYPE',
          means: 'Types of server, in the order in which they are tried where one is sold out.',
          expects: 'names such as cpx31, separated by commas',
          byDefault: 'cpx31',
        },
        several,
      ),
      locations: setting(
        {
          name: 'INNKEEPER_HETZNER_LOCATION',
          means: 'Places, in the order in which they are tried; all in the zone of the network.',
          expects: 'names such as fsn1, separated by commas',
          byDefault: 'fsn1',
        },
        several,
      ),
      network: setting(
        {
          name: 'INNKEEPER_HETZNER_NETWORK',
          means: 'The private network over which the server fetches what it saves.',
          expects: 'the id of a network',
        },
        z
          .string()
          .regex(/^\d{1,15}$/)
          .transform(Number)
          .optional(),
      ),
      sshKey: setting(
        {
          name: 'INNKEEPER_HETZNER_SSH_KEY',
          means:
            'Key of the person who may look at a server. Without one Hetzner makes a password and mails it.',
          expects: 'the name or id of a key that is stored at Hetzner',
        },
        z.string().regex(/^[^\p{C}]{1,128}$/u),
      ),
    },
  },
);

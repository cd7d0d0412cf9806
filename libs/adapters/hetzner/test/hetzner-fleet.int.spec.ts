import { serverFleetContract } from '#suites/server-fleet';

import { hetznerHarness } from './hetzner-harness.js';

serverFleetContract('Hetzner', () => hetznerHarness());

import { keysContract } from '#suites/keys';

import { sqliteKeysHarness } from './keys-harness.js';

keysContract('sqlite', sqliteKeysHarness);

import { describe } from '@jest/globals';

import { EmbeddedTopology } from './harness/embedded-topology.js';
import { askedKills, itBears, seed } from './harness/killing.js';

describe(`kill -9, embedded (INNKEEPER_TEST_SEED=${seed})`, () => {
  itBears(askedKills, () => Promise.resolve(new EmbeddedTopology()));
});

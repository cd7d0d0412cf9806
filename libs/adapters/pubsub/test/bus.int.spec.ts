import { describePeer } from '#libs/testing';
import { describeBus } from '#suites/bus';

import { pubsubHarness } from './pubsub-harness.js';

describePeer('pubsub', 'Google’s Pub/Sub emulator', (peer) => {
  describeBus('the bus on Pub/Sub', () => pubsubHarness(() => peer.start()));
});

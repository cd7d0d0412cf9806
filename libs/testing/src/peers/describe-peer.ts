import { describe, it } from '@jest/globals';

import { findPeer, peerTitle, type FoundPeer, type PeerName, type Peers } from './find-peer.js';
import { isRequired } from './required.js';
import { recordNotRun } from './test-run.js';

/**
 * A `describe` that needs a real server. Without the server it is one skipped test and a line in the
 * run's closing list; where INNKEEPER_TEST_REQUIRE names the server, it is one failed test.
 */
export const describePeer = <N extends PeerName>(
  name: N,
  title: string,
  body: (peer: FoundPeer<Peers[N]>) => void,
): void => {
  const peer = findPeer(name);
  if (peer.found) {
    describe(title, () => body(peer));
    return;
  }
  const { reason, howToGet } = peer;
  describe(title, () => {
    if (isRequired(name)) {
      it(`has ${peerTitle(name)}, which INNKEEPER_TEST_REQUIRE demands`, () => {
        throw new Error(`${reason}. To get it: ${howToGet}.`);
      });
      return;
    }
    recordNotRun({ what: title, reason, howToGet });
    it.skip(`is not run: ${reason}`, () => undefined);
  });
};

/** The same for a spec that needs two servers at once (a store behind toxiproxy). */
export const describePeers = <A extends PeerName, B extends PeerName>(
  [first, second]: readonly [A, B],
  title: string,
  body: (first: FoundPeer<Peers[A]>, second: FoundPeer<Peers[B]>) => void,
): void => {
  const other = findPeer(second);
  if (other.found) describePeer(first, title, (peer) => body(peer, other));
  else describePeer(second, title, () => undefined);
};

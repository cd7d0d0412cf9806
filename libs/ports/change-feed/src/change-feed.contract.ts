import { describe, it } from '@jest/globals';

import { changeBehaviours } from './change-feed-changes.contract.js';
import { readingBehaviours } from './change-feed-reading.contract.js';
import type { ChangeFeedBehaviour, MakeChangeFeedWorld } from './change-feed-world.contract.js';

export {
  changesOf,
  codeOf,
  SOON_MS,
  textKey,
  toldUntil,
  type ChangeFeedBehaviour,
  type ChangeFeedWorld,
  type FollowedPart,
  type MakeChangeFeedWorld,
} from './change-feed-world.contract.js';

export const changeFeedBehaviours: Readonly<Record<string, ChangeFeedBehaviour>> = {
  ...changeBehaviours,
  ...readingBehaviours,
};

export const runBehaviour = async (
  make: MakeChangeFeedWorld,
  behaviour: ChangeFeedBehaviour,
): Promise<void> => {
  const world = await make();
  try {
    await behaviour(world);
  } finally {
    await world.dispose();
  }
};

export const changeFeedContract = (adapter: string, make: MakeChangeFeedWorld): void => {
  describe(`change feed of ${adapter}`, () => {
    for (const [title, behaviour] of Object.entries(changeFeedBehaviours))
      it(title, () => runBehaviour(make, behaviour));
  });
};

import type { Provider } from '#libs/ports/provider';

import { collections } from './feed/collections.js';
import { normaliseFeed } from './feed/normalise-feed.js';
import { rocketchatWebhook } from './webhook.js';

/**
 * The team's chat. Its outgoing webhook says that there is a message and calls nobody to witness but a token in the body;
 * what is true stands in its database, which is followed.
 */
export const rocketchat: Provider = {
  ...rocketchatWebhook,
  feed: { collections, normalise: normaliseFeed },
};

import type { Provider } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';
import { backups } from '#libs/providers/backups';
import { guesty } from '#libs/providers/guesty';
import { notes } from '#libs/providers/notes';
import { rocketchat } from '#libs/providers/rocketchat';
import { stripe } from '#libs/providers/stripe';

/** Every provider there is: adding one is adding its folder, and its line here. */
export const providers = {
  aircall,
  backups,
  guesty,
  notes,
  rocketchat,
  stripe,
} as const satisfies Readonly<Record<string, Provider>>;

export type ProviderName = keyof typeof providers;

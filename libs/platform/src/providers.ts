import type { Provider } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';
import { guesty } from '#libs/providers/guesty';
import { rocketchat } from '#libs/providers/rocketchat';

/** Every provider there is: adding one is adding its folder, and its line here. */
export const providers = { aircall, guesty, rocketchat } as const satisfies Readonly<
  Record<string, Provider>
>;

export type ProviderName = keyof typeof providers;

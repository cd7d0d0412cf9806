import type { Provider } from '#libs/ports/provider';
import { aircall } from '#libs/providers/aircall';

/** Every provider there is: adding one is adding its folder, and its line here. */
export const providers = { aircall } as const satisfies Readonly<Record<string, Provider>>;

export type ProviderName = keyof typeof providers;

import type { Secret } from '#libs/kernel';
import type { Provider } from '#libs/ports/provider';

/** Posts to a door as its provider would. `undefined`: it was answered 2xx; else the status, 0 for none. */
export type Knock = (
  source: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array },
) => Promise<number | undefined>;

/** One probe through a door, all the way: what comes back is a fact like any other, marked as ours. */
export const sendCanary =
  ({ knock }: { knock: Knock }) =>
  async (provider: Provider, secret: Secret, now: number): Promise<number | undefined> =>
    knock(provider.name, await provider.sign(provider.canary(now), secret, now));

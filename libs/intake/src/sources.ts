import type { Secret } from '#libs/kernel';
import type { Normalised, NormaliserInput, Provider } from '#libs/ports/provider';

/** A provider as this deployment has it: which account it has, which secrets are live. */
export interface Source {
  readonly provider: Provider;
  readonly account: string;
  /** The current one first, at most one older beside it during a rotation. Empty: nothing can be proved. */
  readonly secrets: readonly Secret[];
  /** Our own account at the provider: what it says is no news. */
  readonly own?: string | undefined;
}

/** By the name in the URL. */
export type Sources = ReadonlyMap<string, Source>;

/** How deliveries of a source are read, for every way in. */
export interface SourceReader {
  readonly account: string;
  readonly normalise: (input: NormaliserInput) => Normalised;
}

/** What a provider's API answered comes in as a delivery of a source of its own; no door takes it. */
export const apiSourceOf = (source: string): string => `${source}${FROM_API}`;
const FROM_API = '-api';

export const readerOf = (sources: Sources, name: string): SourceReader | undefined => {
  const door = sources.get(name);
  if (door) {
    const { account, own, provider } = door;
    return { account, normalise: (input) => provider.normalise({ ...input, own }) };
  }
  if (!name.endsWith(FROM_API)) return undefined;
  const { provider, account } = sources.get(name.slice(0, -FROM_API.length)) ?? {};
  const api = provider?.api;
  return api && account ? { account, normalise: (input) => api.normalise(input) } : undefined;
};

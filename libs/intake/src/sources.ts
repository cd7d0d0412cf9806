import { FROM_FEED } from '#libs/contracts';
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

/** Readers of collections that are followed by a setting, by the name it gives them: they have no door. */
export type FollowedReaders = ReadonlyMap<string, SourceReader>;

/** Whether a delivery came out of a database that is followed: that database is its source, so its bytes are not kept. */
export const isFeed = (source: string): boolean => source.endsWith(FROM_FEED);

/** Whose deliveries can be read. */
export interface KnownSources {
  readonly sources: Sources;
  readonly followed?: FollowedReaders | undefined;
}

export const readerOf = (
  { followed, sources }: KnownSources,
  name: string,
): SourceReader | undefined => {
  const door = sources.get(name);
  if (door) {
    const { account, own, provider } = door;
    return { account, normalise: (input) => provider.normalise({ ...input, own }) };
  }
  if (isFeed(name)) return feedReader({ followed, sources }, name.slice(0, -FROM_FEED.length));
  if (!name.endsWith(FROM_API)) return undefined;
  const { provider, account } = sources.get(name.slice(0, -FROM_API.length)) ?? {};
  const api = provider?.api;
  return api && account ? { account, normalise: (input) => api.normalise(input) } : undefined;
};

const feedReader = (
  { followed, sources }: KnownSources,
  name: string,
): SourceReader | undefined => {
  const { account, own, provider } = sources.get(name) ?? {};
  const feed = provider?.feed;
  return feed && account
    ? { account, normalise: (input) => feed.normalise({ ...input, own }) }
    : followed?.get(name);
};

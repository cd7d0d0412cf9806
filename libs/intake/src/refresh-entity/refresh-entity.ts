import type { EntityHint } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { Hint, ProviderApi } from '#libs/ports/provider';

import type { ProviderAnswer, receiveAnswers } from '../receive-answers/receive-answers.js';
import type { WantedEntities } from './wanted-entities.js';

/** The APIs we have credentials for, by the provider's name. */
export type ProviderApis = ReadonlyMap<string, ProviderApi>;

export type Refreshed =
  /** Nothing is wanted under this key, or nobody can be asked. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'found' | 'gone' | 'withheld'; readonly fresh: number }
  /** It was wanted again while we asked. */
  | { readonly outcome: 'wanted_again' };

interface RefreshEntityParts {
  readonly apis: ProviderApis;
  readonly wanted: WantedEntities;
  readonly receive: ReturnType<typeof receiveAnswers>;
  readonly clock: Clock;
}

/** Looks one entity up at its provider. The answer is published as a delivery. May be done again at any time. */
export const refreshEntity =
  ({ apis, wanted, receive, clock }: RefreshEntityParts) =>
  async (key: string): Promise<Refreshed> => {
    const found = await wanted.find(key);
    if (!found) return { outcome: 'nothing' };
    const { source: provider, entity, id } = found.wanted;
    const api = apis.get(provider);
    if (!api) {
      await wanted.settle(key, found.version);
      return { outcome: 'nothing' };
    }
    const askedAt = clock.now();
    const looked = await api.lookUp({ entity, id });
    const answers: readonly ProviderAnswer[] =
      looked.outcome === 'found'
        ? looked.answers
        : looked.outcome === 'gone'
          ? [{ entity, id, askedAt, gone: true }]
          : [];
    const { fresh, hints } = await receive({ provider, backfilled: false }, answers);
    await wanted.want(hintsFrom(provider, hints));
    const settled = await wanted.settle(key, found.version);
    return settled ? { outcome: looked.outcome, fresh } : { outcome: 'wanted_again' };
  };

export const hintsFrom = (source: string, hints: readonly Hint[]): readonly EntityHint[] =>
  hints.map(({ entity, id }) => ({ source, entity, id }));

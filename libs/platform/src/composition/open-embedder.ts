import type { Embedder } from '#libs/ports/embedder';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';
import { needsSearchIndex } from './open-search-index.js';

type ChosenEmbedder = Settings['embedder'];

/** For those who index, who search, and who tell `doctor`. It says nothing until it is asked: a model that is away stops no start. */
export const openEmbedder = async (
  opening: Pick<Opening, 'opened' | 'settings'>,
): Promise<Embedder | undefined> => {
  const { settings } = opening;
  const isAsked = needsSearchIndex(settings) || settings.process.roles.includes('api');
  return isAsked ? openChosenEmbedder(opening) : undefined;
};

/** Also for who measures a collection of their own. */
export const openChosenEmbedder = async (
  opening: Pick<Opening, 'opened' | 'settings'>,
): Promise<Embedder | undefined> => {
  const { embedder } = opening.settings;
  switch (embedder.kind) {
    case 'none':
      return undefined;
    case 'openai':
      return openOpenai(opening, embedder);
    case 'local':
      return openLocal(opening, embedder);
  }
};

const openOpenai = async (
  { opened, settings }: Pick<Opening, 'opened' | 'settings'>,
  embedder: Extract<ChosenEmbedder, { kind: 'openai' }>,
): Promise<Embedder> => {
  const [{ openaiEmbedder }, { nodeFetch }] = await Promise.all([
    import('#libs/adapters/openai'),
    import('#libs/adapters/outbound'),
  ]);
  const { allowed } = settings.outbound;
  // A slow machine needs a minute for one batch of long passages.
  const limits = { headersMs: 120_000 };
  const { fetch } = opened.add(nodeFetch({ origin: embedder.url, allowed, limits }), (it) =>
    it.close(),
  );
  const { url, model, apiKey, queryPrefix, passagePrefix } = embedder;
  return openaiEmbedder({
    ...{ fetch, url, model },
    ...(apiKey && { apiKey }),
    ...(queryPrefix !== undefined && { queryPrefix }),
    ...(passagePrefix !== undefined && { passagePrefix }),
  });
};

const openLocal = async (
  { opened, settings }: Pick<Opening, 'opened' | 'settings'>,
  { model, queryPrefix, passagePrefix }: Extract<ChosenEmbedder, { kind: 'local' }>,
): Promise<Embedder> => {
  const { localEmbedder } = await import('#libs/adapters/local-embedder');
  const { dataDir } = settings.process;
  const options = {
    ...{ dataDir, model },
    ...(queryPrefix !== undefined && { queryPrefix }),
    ...(passagePrefix !== undefined && { passagePrefix }),
  };
  return opened.add(localEmbedder(options), (it) => it.close());
};

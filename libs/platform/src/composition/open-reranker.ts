import type { Reranker } from '#libs/ports/reranker';

import type { Opening } from './opening.js';

/** For those who answer questions. It says nothing until it is asked. */
export const openReranker = async (
  opening: Pick<Opening, 'opened' | 'settings'>,
): Promise<Reranker | undefined> =>
  opening.settings.process.roles.includes('llm-responder')
    ? openChosenReranker(opening)
    : undefined;

/** Also for who measures a collection of their own. */
export const openChosenReranker = async ({
  opened,
  settings,
}: Pick<Opening, 'opened' | 'settings'>): Promise<Reranker | undefined> => {
  const { reranker, outbound } = settings;
  if (reranker.url === undefined) return undefined;
  const [{ httpReranker }, { nodeFetch }] = await Promise.all([
    import('#libs/adapters/rerank-http'),
    import('#libs/adapters/outbound'),
  ]);
  const { url, model, apiKey } = reranker;
  const { allowed } = outbound;
  const { fetch } = opened.add(nodeFetch({ origin: url, allowed }), (it) => it.close());
  return httpReranker({
    ...{ fetch, url: `${url}/rerank` },
    ...(model !== undefined && { model }),
    ...(apiKey && { apiKey }),
  });
};

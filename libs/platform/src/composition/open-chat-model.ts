import type { ChatModel, TokenPrice } from '#libs/ports/chat-model';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

type ChosenModel = Exclude<Settings['chatModel'], { kind: 'none' }>;
export type PricedChatModel = ChatModel & { readonly price: TokenPrice };

/** For those who answer questions, and who tell `doctor`. It says nothing until it is asked: a model that is away stops no start. */
export const openChatModel = async (
  opening: Pick<Opening, 'opened' | 'settings'>,
): Promise<PricedChatModel | undefined> => {
  const { chatModel, process } = opening.settings;
  const isWanted = process.roles.some((role) => role === 'llm-responder' || role === 'api');
  if (chatModel.kind === 'none' || !isWanted) return undefined;
  const model = await openChosen(opening, chatModel);
  return {
    model: model.model,
    reach: () => model.reach(),
    complete: (request, signal) => model.complete(request, signal),
    price: priceOf(chatModel),
  };
};

const openChosen = async (
  { opened, settings }: Pick<Opening, 'opened' | 'settings'>,
  chosen: ChosenModel,
): Promise<ChatModel> => {
  const [{ GROQ_URL, groqChatModel, openaiChatModel }, { nodeFetch }] = await Promise.all([
    import('#libs/adapters/openai'),
    import('#libs/adapters/outbound'),
  ]);
  const url = chosen.url ?? GROQ_URL;
  const { allowed } = settings.outbound;
  const limits = { headersMs: 30_000, idleMs: 20_000, answerBytes: 8 * 1024 * 1024 };
  const { fetch } = opened.add(nodeFetch({ origin: url, allowed, limits }), (it) => it.close());
  const { model, apiKey } = chosen;
  return chosen.kind === 'groq'
    ? groqChatModel({ fetch, url, model, apiKey: chosen.apiKey })
    : openaiChatModel({ fetch, url, model, ...(apiKey && { apiKey }) });
};

/** Groq takes half for what it read before; of others nothing is known. */
const priceOf = ({ kind, inCents, outCents }: ChosenModel): TokenPrice => ({
  inCents,
  cachedCents: kind === 'groq' ? inCents / 2 : inCents,
  outCents,
});

import { composeAnswering, type AnsweringModelParts, type ModelBudget } from '#libs/answering';
import type { FactObservation } from '#libs/journal';
import { masked, wordComparison, type Found } from '#libs/knowledge';
import type { ChatModel } from '#libs/ports/chat-model';

import { ANNA, found, openAnswering, type AnsweringWorld } from './answering-world.js';

export const NOTICE = 'notice/door.main.7';

/** A record that sources can be of. */
export const notice = (subject: string, id = '7'): FactObservation => ({
  type: 'intake.notice.observed.v1',
  stream: `notice/door.main.${id}`,
  occurredAt: 1_789_377_124_000,
  meta: { source: 'door/main', causationId: 'a delivery', correlationId: 'a delivery' },
  data: { event: 'told', notice: `door.main.${id}`, normaliser: 1, rank: 10 },
  personal: { body: '{}', subject },
});

/** Wide, but for what a test says. */
export const dayBudget = (limits: Partial<ModelBudget>): ModelBudget => ({
  ...{ perPersonDay: 1e6, perRoomDay: 1e6, tokensPerDay: 1e12, tokensPerPersonDay: 1e12 },
  ...{ tokensPerRoomDay: 1e12, centsPerDay: 1e9, centsPerPersonDay: 1e9, centsPerRoomDay: 1e9 },
  ...limits,
});

let marks = 0;

export const modelParts = (model: ChatModel): AnsweringModelParts => ({
  model,
  compareWords: wordComparison(),
  mask: masked,
  excludedKinds: new Set(),
  standIns: false,
  makeMark: () => `mark${String(++marks)}`,
  onEnd: () => undefined,
  onUsed: () => undefined,
  budget: dayBudget({ perPersonDay: 200, tokensPerDay: 2_000_000, centsPerDay: 500 }),
  price: { inCents: 10, cachedCents: 5, outCents: 40 },
  limits: { firstPieceMs: 300, silentMs: 300 },
});

/** The context with a language model, and a search that finds what the test says. */
export const openWithModel = async (
  model: ChatModel,
  finds: Partial<Found>,
  parts: Partial<AnsweringModelParts> = {},
): Promise<AnsweringWorld> =>
  withModel(await openAnswering(finds), { ...modelParts(model), ...parts });

/** A world as it is, with a language model. */
export const withModel = async (
  world: AnsweringWorld,
  model: AnsweringModelParts,
): Promise<AnsweringWorld> => {
  const answeringParts = { ...world.answeringParts, model };
  const answering = composeAnswering(answeringParts);
  await world.tell(notice('House book'));
  let causes = 0;
  return {
    ...world,
    answering,
    answeringParts,
    ask: (text, request = {}, onProgress) =>
      answering.ask(
        { asker: ANNA, principals: ['staff', ANNA], text, ...request },
        { actor: 'anna', cause: `019ad3c2-5b00-7a11-8c23-${String(++causes).padStart(12, '0')}` },
        onProgress,
      ),
  };
};

/** The same world, where people have stand-ins, and another search. */
export const withModelAgain = (
  world: AnsweringWorld,
  model: ChatModel,
  hits: Found['hits'],
): Promise<AnsweringWorld> => {
  const search = async ({ text }: { readonly text: string }) => found(text, { hits });
  const answeringParts = { ...world.answeringParts, search };
  return withModel({ ...world, answeringParts }, { ...modelParts(model), standIns: true });
};

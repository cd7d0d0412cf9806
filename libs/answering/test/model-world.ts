import { composeAnswering, type AnsweringModelParts } from '#libs/answering';
import type { FactObservation } from '#libs/journal';
import { masked, wordComparison, type Found } from '#libs/knowledge';
import type { ChatModel } from '#libs/ports/chat-model';

import { ANNA, openAnswering, type AnsweringWorld } from './answering-world.js';

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

let marks = 0;

export const modelParts = (model: ChatModel): AnsweringModelParts => ({
  model,
  compareWords: wordComparison(),
  mask: masked,
  excludedKinds: new Set(),
  standIns: false,
  makeMark: () => `mark${String(++marks)}`,
  onEnd: () => undefined,
  budget: { answersPerPersonDay: 200, tokensPerDay: 2_000_000, centsPerDay: 500 },
  price: { inputCents: 10, cachedCents: 5, outputCents: 40 },
  limits: { firstPieceMs: 300, silentMs: 300 },
});

/** The context with a language model, and a search that finds what the test says. */
export const openWithModel = async (
  model: ChatModel,
  found: Partial<Found>,
  parts: Partial<AnsweringModelParts> = {},
): Promise<AnsweringWorld> => {
  const world = await openAnswering(found);
  const answeringParts = { ...world.answeringParts, model: { ...modelParts(model), ...parts } };
  const answering = composeAnswering(answeringParts);
  await world.tell(notice('House book'));
  let causes = 0;
  return {
    ...world,
    answering,
    answeringParts,
    ask: (text, request = {}) =>
      answering.ask(
        { asker: ANNA, principals: ['staff', ANNA], text, ...request },
        { actor: 'anna', cause: `019ad3c2-5b00-7a11-8c23-${String(++causes).padStart(12, '0')}` },
      ),
  };
};

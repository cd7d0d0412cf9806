import { topics, type EntityHint } from '#libs/contracts';
import { utf8 } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Hint } from '#libs/ports/provider';

/** A hint and the source that gave it: `guesty` and `guesty-api` are looked up at the same place. */
export interface HintOf extends Hint {
  readonly source: string;
}

/** Asks for what a delivery only pointed at. Ids only; each thing once, however often a batch names it. */
export const publishHints = async (bus: Bus, hints: readonly HintOf[]): Promise<void> => {
  if (hints.length === 0) return;
  const named = new Map(hints.map((hint) => [`${hint.source}/${hint.entity}/${hint.id}`, hint]));
  await bus.publish(
    topics.hints,
    [...named.values()].map(({ source, entity, id }) => ({
      data: utf8(JSON.stringify({ source, entity, id } satisfies EntityHint)),
      attributes: { source, entity },
    })),
  );
};

import type { ChatMessageObservedV1 } from '#libs/contracts';
import { listOf, nonEmpty, objectOf } from '#libs/foreign';

const REACTION = /^:[\w.+-]{1,64}:$/;

/** How many people, by the name of the picture; who they are is left where it is. */
export const reactionsIn = (value: unknown): ChatMessageObservedV1['reactions'] =>
  nonEmpty(
    Object.entries(objectOf(value) ?? {})
      .flatMap(([name, by]) => {
        const count = listOf(objectOf(by)?.usernames)?.length ?? 0;
        return REACTION.test(name) && count > 0 ? [{ count, name }] : [];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  );

import type { GuestyEntityReader } from './reader.js';
import { entityOf, observation } from './telling.js';

/** What the API has no more, of things whose every field but the id may be missing. */
export const goneOf =
  (entity: 'conversation' | 'review'): NonNullable<GuestyEntityReader['gone']> =>
  (telling, asked) => {
    const id = entityOf(telling, asked);
    if (id === undefined) return [];
    const { event, normaliser, rank } = telling;
    return [
      observation({
        type: `intake.${entity}.observed.v1`,
        stream: `${entity}/${id}`,
        occurredAt: telling.at,
        data: { [entity]: id, deleted: true, event, normaliser, rank },
        personal: {},
      }),
    ];
  };

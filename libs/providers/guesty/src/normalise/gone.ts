import type { GuestyEntityReader } from './reader.js';
import { entityOf, observation } from './report.js';

/** What the API has no more, of things whose every field but the id may be missing. */
export const goneOf =
  (entity: 'conversation' | 'review'): NonNullable<GuestyEntityReader['gone']> =>
  (report, asked) => {
    const id = entityOf(report, asked);
    if (id === undefined) return [];
    const { event, normaliser, rank } = report;
    return [
      observation({
        type: `intake.${entity}.observed.v1`,
        stream: `${entity}/${id}`,
        occurredAt: report.at,
        data: { [entity]: id, deleted: true, event, normaliser, rank },
        personal: {},
      }),
    ];
  };

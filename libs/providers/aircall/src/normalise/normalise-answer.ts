import {
  type Foreign,
  hasNonFinite,
  id,
  instantOfSeconds,
  jsonObjectOf,
  notUnderstood,
  objectOf,
  objectsOf,
  unread,
  unreadField,
} from '#libs/foreign';
import type { CallInsightObservedV1 } from '#libs/contracts';
import type { Normalised, NormaliserInput, Observation } from '#libs/ports/provider';

import { NORMALISER } from '../events.js';
import { callObservation } from './call.js';
import { colleagueObservation } from './colleague.js';
import { contactObservation } from './contact.js';
import { insightObservation } from './insight.js';
import { lineObservation } from './line.js';
import { entityOf, type AircallReport } from './report.js';

/** Above what is only mentioned, below every event: of what is told within the second, the event counts. */
const RANK = 5;

interface Answer {
  /** The key around one of them, and around a page. */
  readonly one: string;
  readonly page?: string;
  /** Named by its call, not by an id of its own. */
  readonly ofCall?: true;
  /** `undefined`: it says nothing that is kept here. */
  readonly read: (report: AircallReport, of: string, said: Foreign) => Observation | undefined;
}

const insight = (kind: CallInsightObservedV1['insight'], one: string): Answer => ({
  one,
  ofCall: true,
  read: (report, call, said) =>
    insightObservation(report, { insight: kind, rank: RANK }, call, said),
});

/** By what was asked for, in the words of the API client. */
const answers: Readonly<Record<string, Answer>> = {
  call: {
    ...{ one: 'call', page: 'calls' },
    read(report, of, said) {
      const allTags = Array.isArray(said.tags) && ({ allTags: true } as const);
      return callObservation(report, { about: 'call', rank: RANK, ...allTags }, of, said);
    },
  },
  contact: {
    ...{ one: 'contact', page: 'contacts' },
    read: (report, of, said) =>
      contactObservation(report, { about: 'contact', rank: RANK }, of, said),
  },
  number: {
    ...{ one: 'number', page: 'numbers' },
    read: (report, of, said) => lineObservation(report, { about: 'line', rank: RANK }, of, said),
  },
  user: {
    ...{ one: 'user', page: 'users' },
    read: (report, of, said) =>
      colleagueObservation(report, { about: 'colleague', rank: RANK }, of, said),
  },
  // The registration of our door. The code that watches it reads it; no other code may have its token.
  webhook: { one: 'webhook', page: 'webhooks', read: () => undefined },
  action_item: insight('action_items', 'action_item'),
  call_evaluation: insight('evaluation', 'evaluations'),
  custom_summary: insight('custom_summary', 'custom_summary_result'),
  playbook_result: insight('playbook_result', 'playbook_result'),
  sentiment: insight('sentiment', 'sentiment'),
  summary: insight('summary', 'summary'),
  topics: insight('topics', 'topic'),
  transcription: insight('transcription', 'transcription'),
};

/**
 * What the API answered, as it stood when we asked. No answer says anything later, and few things at this provider
 * carry the time of their last change. One thing, or a page of them.
 */
export const normaliseAnswer = ({ account, body, headers }: NormaliserInput): Normalised => {
  const entity = headers['innkeeper-entity'] ?? '';
  const answer = Object.hasOwn(answers, entity) ? answers[entity] : undefined;
  if (!answer) return notUnderstood('the entity is not known');
  const event = `${entity}.fetched`;
  const askedAt = headers['innkeeper-asked-at'];
  const at = instantOfSeconds(Number(askedAt) / 1000);
  if (at === undefined)
    return notUnderstood(unread('the header innkeeper-asked-at', askedAt), event);
  const report: AircallReport = { account, at, event, normaliser: NORMALISER };
  const asked = id(headers['innkeeper-id']);
  if (headers['innkeeper-gone'] === 'true') return gone(report, entity, entityOf(report, asked));
  const said = jsonObjectOf(body);
  if (!said) return notUnderstood('the body is not a JSON object', event);
  if ('error' in said) return notUnderstood('the answer is an error', event);
  return readingOf(report, answer, thingsIn(said, answer), asked);
};

/** A page of a list, one thing in an object of its name, or the thing itself. */
const thingsIn = (said: Foreign, { one, page }: Answer): readonly Foreign[] => {
  const items = page === undefined ? undefined : said[page];
  return Array.isArray(items) ? objectsOf(items) : [objectOf(said[one]) ?? said];
};

const readingOf = (
  report: AircallReport,
  { ofCall, read }: Answer,
  things: readonly Foreign[],
  asked: string | undefined,
): Normalised => {
  const observations: Observation[] = [];
  for (const said of things) {
    if (hasNonFinite(said)) return notUnderstood('a number is not finite', report.event);
    const named = ofCall ? said.call_id : said.id;
    const of = entityOf(report, id(named) ?? asked);
    if (of === undefined) return notUnderstood(unreadField('id', named), report.event);
    const observed = read(report, of, said);
    if (observed) observations.push(observed);
  }
  return { understood: true, observations };
};

type GoneReader = (report: AircallReport, of: string) => Observation;

/**
 * A colleague or a line that is no more is deleted. A contact may just have stopped being shared, a call is
 * forgotten after half a year, and an insight is not there yet: of those nothing is said.
 */
const goneReaders: Readonly<Record<string, GoneReader>> = {
  number: (report, of) =>
    lineObservation(report, { about: 'line', rank: 90, deleted: true }, of, {}),
  user: (report, of) =>
    colleagueObservation(report, { about: 'colleague', rank: 90, deleted: true }, of, {}),
};

const gone = (report: AircallReport, entity: string, of: string | undefined): Normalised => {
  if (of === undefined) return notUnderstood('the header innkeeper-id is missing', report.event);
  const read = Object.hasOwn(goneReaders, entity) ? goneReaders[entity] : undefined;
  return { understood: true, observations: read ? [read(report, of)] : [] };
};

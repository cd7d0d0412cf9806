import {
  faultOfAnswer,
  isGone,
  isGood,
  instant,
  objectOf,
  parsedJson,
  unreadable,
} from '#libs/foreign';
import { fault } from '#libs/kernel';
import type { Hint, LookedUp, RawAnswer } from '#libs/ports/provider';

import { stateOf } from './call-state.js';
import type { AircallClient } from './client.js';

interface LookUp {
  readonly path: (id: string) => string;
  /** The one key of the answer. */
  readonly wrapper: string;
  /** Made minutes after it is announced: where it is missing, it is not there yet. */
  readonly later?: true;
}

const ofCall = (what: string, wrapper: string): LookUp => ({
  path: (id) => `/v1/calls/${id}/${what}`,
  wrapper,
  later: true,
});

/** The query makes a single call say as much as one in a list. */
export const CALL_QUERY = 'fetch_contact=true&fetch_call_timeline=true';

const lookUps: Readonly<Record<string, LookUp>> = {
  call: { path: (id) => `/v1/calls/${id}?${CALL_QUERY}`, wrapper: 'call' },
  contact: { path: (id) => `/v1/contacts/${id}`, wrapper: 'contact' },
  user: { path: (id) => `/v2/users/${id}`, wrapper: 'user' },
  number: { path: (id) => `/v1/numbers/${id}`, wrapper: 'number' },
  transcription: ofCall('transcription', 'transcription'),
  summary: ofCall('summary', 'summary'),
  topics: ofCall('topics', 'topic'),
  sentiment: ofCall('sentiments', 'sentiment'),
  action_item: ofCall('action_items', 'action_items'),
  playbook_result: ofCall('playbook_result', 'playbook_result'),
  custom_summary: ofCall('custom_summary_result', 'custom_summary_result'),
  call_evaluation: ofCall('evaluations', 'evaluations'),
};

/** What is made of a call by the add-on, each by the call's id. */
export const INTELLIGENCE = ['transcription', 'summary', 'topics', 'sentiment', 'action_item'];

const ID = /^[0-9]{1,20}$/;

export const lookUpAt =
  (client: AircallClient) =>
  async ({ entity, id }: Hint): Promise<LookedUp> => {
    const lookUp = Object.hasOwn(lookUps, entity) ? lookUps[entity] : undefined;
    if (!lookUp || !ID.test(id)) throw fault('PROVIDER_ENTITY_UNKNOWN', { details: { entity } });
    const asked = { provider: 'aircall', entity };
    const { answer, askedAt } = await client.ask({ method: 'GET' }, lookUp.path(id));
    if (isGone(answer)) {
      if (lookUp.later) throw fault('PROVIDER_API_NOT_YET', { details: asked });
      return { outcome: 'gone' };
    }
    if (answer.status === 403 && lookUp.later) return { outcome: 'withheld' };
    if (!isGood(answer)) throw faultOfAnswer(answer, asked);
    const inside = objectOf(parsedJson(answer.body))?.[lookUp.wrapper];
    if (inside === undefined) throw unreadable(asked, lookUp.wrapper);
    const state = stateOf(inside);
    const changedAt = instant(objectOf(inside)?.['updated_at']);
    const found: RawAnswer = {
      ...{ entity, id, body: answer.body, askedAt },
      ...(state !== undefined && { state }),
      ...(changedAt !== undefined && { changedAt }),
    };
    return { outcome: 'found', answers: [found] };
  };

import type { Fact, NoticeObservedV1, NoticeObservedV1Personal } from '#libs/contracts';
import type { Json, JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import { changedAt, valuesOf, type Change } from '../merge/record-state.js';
import { commonFields, commonFieldsOf, declaredOf, idOf, isoOf, shown, type Kind } from './kind.js';

export const changesOfNotice = (fact: Fact): Change[] => {
  const { event, normaliser, notice, rank } = fact.data as NoticeObservedV1;
  const personal = fact.personal as NoticeObservedV1Personal | undefined;
  return [
    {
      kind: 'notice',
      id: notice,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: { body: personal?.body, event, id: notice, subject: personal?.subject },
    },
  ];
};

const ownFields = ['event'] as const;

/** What a sender without a folder of its own said last of one thing. */
export const noticeKind: Kind = {
  name: 'notice',
  fields: [...commonFields, ...ownFields],
  audience: ['staff'],

  fieldsOf(state) {
    const values = valuesOf(state);
    return { ...declaredOf(values, ownFields), ...commonFieldsOf(state, values) };
  },

  view(state) {
    const values = valuesOf(state);
    const id = idOf(values);
    return shown({
      body: bodyOf(values),
      deleted: false,
      displayName: values.subject ?? id,
      event: values.event,
      id,
      kind: 'notice',
      source: id.slice(0, id.indexOf('.')),
      subject: values.subject,
      updatedAt: isoOf(changedAt(state)),
    });
  },

  phonesOf: () => [],
};

/** Written by us as canonical JSON, so it can be read. */
const bodyOf = ({ body }: JsonObject): Json | undefined =>
  typeof body === 'string' ? (JSON.parse(body) as Json) : undefined;

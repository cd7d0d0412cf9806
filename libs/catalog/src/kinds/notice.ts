import type { Fact, NoticeObservedV1, NoticeObservedV1Personal } from '#libs/contracts';
import type { Json, JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';

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

/** What a sender without a folder of its own said last of one thing. */
export const noticeKind = kindOf({
  name: 'notice',
  fields: ['event'],
  nameOf: (values) => values.subject,
  show: (values) => ({
    body: bodyOf(values),
    event: values.event,
    subject: values.subject,
  }),
});

/** Written by us as canonical JSON, so it can be read. */
const bodyOf = ({ body }: JsonObject): Json | undefined =>
  typeof body === 'string' ? (JSON.parse(body) as Json) : undefined;

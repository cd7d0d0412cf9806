import { noticeObservedV1 } from '#libs/contracts';
import type { Json } from '#libs/kernel';

import { defineKind } from './define-kind.js';
import { streamInLife } from './lives.js';
import { linesOfJson } from './notice-lines.js';
import { after, labelled, prose, sectionsIn, words } from './section-text.js';
import { instant, number, text, whole } from './values.js';

/** What a sender without a folder of its own said last of one thing. */
export const noticeKind = defineKind({
  name: 'notice',
  values: {
    /** The sender's own words, as canonical JSON. */
    body: text,
    deletedAt: instant,
    event: text,
    isWhole: whole(),
    life: number,
    reason: text,
    subject: text,
  },
  from: (when) => [
    when(noticeObservedV1, ({ fact, data, personal }) => ({
      fields: {
        body: personal.body,
        deletedAt: data.deleted && fact.occurredAt,
        event: data.event,
        id: data.notice,
        isWhole: data.whole,
        life: data.life,
        reason: data.reason,
        subject: personal.subject,
      },
    })),
  ],
  fields: ['event'],
  nameOf: ({ subject }) => subject,
  view: ({ body, event, reason, subject }) => ({
    body: body === undefined ? undefined : (JSON.parse(body) as Json),
    event,
    reason,
    subject,
  }),
  sections: ({ body, event, subject }) =>
    sectionsIn([
      {
        path: 'notice',
        heading: 'Notice',
        text: prose(words('Notice', event, after('about', subject))),
      },
      {
        path: 'body',
        heading: labelled('Notice', event) ?? 'Notice',
        text: body === undefined ? undefined : linesOfJson(JSON.parse(body) as Json),
      },
    ]),
  stream: streamInLife('notice'),
});

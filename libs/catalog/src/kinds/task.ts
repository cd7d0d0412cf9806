import type { Fact, TaskObservedV1, TaskObservedV1Personal } from '#libs/contracts';
import type { Json } from '#libs/kernel';

import type { Fields } from '../merge/layers.js';
import { orderKey } from '../merge/order-key.js';
import type { Change } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';
import { isoOf, itemsUnder, shown, stringOf } from './kind.js';

export const changesOfTask = (fact: Fact): Change[] => {
  const data = fact.data as TaskObservedV1;
  const personal = fact.personal as TaskObservedV1Personal | undefined;
  const { attachments, checklist, comments, deleted, normaliser, rank, task, ...said } = data;
  return [
    {
      kind: 'task',
      id: task,
      key: orderKey(fact.occurredAt, rank, normaliser, fact),
      fields: {
        ...said,
        ...commentsOf(comments, personal?.comments),
        attachmentCount: attachments,
        attachments: personal?.attachments,
        checklist: checklist?.map((item) =>
          shown({ ...item, text: personal?.checklist?.find(({ id }) => id === item.id)?.text }),
        ),
        deletedAt: deleted && fact.occurredAt,
        description: personal?.description,
        id: task,
        title: personal?.title,
      },
    },
  ];
};

/** Each comment is a field: a body may carry only the newest one. */
const commentsOf = (
  comments: TaskObservedV1['comments'],
  personal: TaskObservedV1Personal['comments'],
): Fields => {
  const items: Record<string, Json> = {};
  for (const { at, by, id } of comments ?? []) {
    const said = personal?.find((comment) => comment.id === id);
    items[`comment:${id}`] = shown({ at, by, name: said?.by, text: said?.text });
  }
  return items;
};

export const taskKind = kindOf({
  name: 'task',
  fields: [
    'assignedTo',
    'createdBy',
    'dueAt',
    'listing',
    'ownerReservation',
    'priority',
    'reservation',
    'status',
    'supervisor',
    'type',
  ],
  names: {
    assignedTo: 'colleague',
    createdBy: 'colleague',
    listing: 'listing',
    ownerReservation: 'reservation',
    reservation: 'reservation',
    supervisor: 'colleague',
  },
  namesInside: { 'comment:': ['colleague'] },
  nameOf: (values) => stringOf(values.title) ?? stringOf(values.reference),
  show: (values) => ({
    assignedTo: values.assignedTo,
    attachmentCount: values.attachmentCount,
    attachments: values.attachments,
    checklist: values.checklist,
    comments: itemsUnder(values, 'comment:'),
    createdAt: isoOf(values.createdAt),
    createdBy: values.createdBy,
    description: values.description,
    dueAt: isoOf(values.dueAt),
    event: values.event,
    listing: values.listing,
    notBefore: isoOf(values.notBefore),
    ownerReservation: values.ownerReservation,
    plannedMinutes: values.plannedMinutes,
    priority: values.priority,
    reference: values.reference,
    reservation: values.reservation,
    startAt: isoOf(values.startAt),
    status: values.status,
    supervisor: values.supervisor,
    tags: values.tags,
    timeZone: values.timeZone,
    title: values.title,
    type: values.type,
  }),
});

import { taskObservedV1 } from '#libs/contracts';

import { defineKind } from './define-kind.js';
import { filled, isoOf, shownItems, stringOf } from './show.js';
import { sectionsOfTask } from './task-sections.js';
import { comments, values } from './task-values.js';

export const taskKind = defineKind({
  name: 'task',
  values,
  from: (when) => [
    when(taskObservedV1, ({ fact, data, personal }) => {
      const {
        attachments,
        checklist,
        comments: commented,
        deleted,
        normaliser: _normaliser,
        rank: _rank,
        task,
        ...rest
      } = data;
      return {
        fields: {
          ...rest,
          ...comments.told(commented, (comment) => {
            const words = personal.comments?.find((one) => one.id === comment.id);
            return filled({ at: comment.at, by: comment.by, name: words?.by, text: words?.text });
          }),
          attachmentCount: attachments,
          attachments: personal.attachments,
          checklist: checklist?.map((item) => {
            const words = personal.checklist?.find((one) => one.id === item.id);
            return filled({ ...item, text: words?.text });
          }),
          deletedAt: deleted && fact.occurredAt,
          description: personal.description,
          id: task,
          title: personal.title,
        },
      };
    }),
  ],
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
  namesInside: { comments: ['colleague'] },
  nameOf: ({ reference, title }) => stringOf(title) ?? stringOf(reference),
  view: (values) => ({
    assignedTo: values.assignedTo,
    attachmentCount: values.attachmentCount,
    attachments: values.attachments,
    checklist: values.checklist,
    comments: shownItems(values.comments),
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
  sections: sectionsOfTask,
});

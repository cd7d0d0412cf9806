import { id, instant, items, number, one, text, texts, type ValuesOf } from './values.js';

/** A body may carry only the newest comment. */
export const comments = items<{
  readonly at?: number;
  readonly by?: string;
  readonly name?: string;
  readonly text?: string;
}>('comment');

type TaskChecklistItem = {
  readonly done?: boolean;
  readonly id: string;
  readonly text?: string;
};

export const values = {
  assignedTo: id,
  attachmentCount: number,
  attachments: one<readonly { readonly name?: string; readonly url?: string }[]>(),
  checklist: one<readonly TaskChecklistItem[]>(),
  comments,
  createdAt: instant,
  createdBy: id,
  deletedAt: instant,
  description: text,
  dueAt: instant,
  event: text,
  listing: id,
  notBefore: instant,
  ownerReservation: id,
  plannedMinutes: number,
  priority: text,
  reference: text,
  reservation: id,
  startAt: instant,
  status: text,
  supervisor: id,
  tags: texts,
  timeZone: text,
  title: text,
  type: text,
};

export type TaskValues = ValuesOf<typeof values>;

import type { TaskObservedV1, TaskObservedV1Personal } from '#libs/contracts';
import {
  type Foreign,
  instant,
  label,
  listOf,
  nonEmpty,
  objectOf,
  objectsOf,
  present,
  presentAny,
  scaledOf,
  text,
  word,
  unreadField,
} from '#libs/foreign';
import type { Observation } from '#libs/ports/provider';

import { checklistOf, type GuestyChecklistItem } from './checklist.js';
import type { GuestyEntityReader } from './reader.js';
import { answerIn } from './answer.js';
import {
  entityOf,
  observation,
  ownIdOf,
  understood,
  unknown,
  type GuestyReport,
} from './report.js';
import { phrase } from './words.js';

/** Tasks carry no time of their own: they are as old as the report. */
const taskObservation = (
  report: GuestyReport,
  id: string,
  task: Foreign,
  deleted?: true,
): Observation => {
  const attachments = objectsOf(task.attachments).flatMap(
    ({ fileName, link, name, url }) =>
      presentAny({ name: text(name) ?? text(fileName), url: text(url) ?? text(link) }) ?? [],
  );
  const checklist = checklistOf(task.checklist, task.checklistFinished);
  const comments = commentsOf(report, task);
  return observation({
    type: 'intake.task.observed.v1',
    stream: `task/${id}`,
    occurredAt: report.at,
    data: {
      ...dataOf(report, task),
      attachments: nonEmpty(attachments)?.length,
      checklist: checklist?.map(({ done, id: item }) => present({ done, id: item })),
      comments: nonEmpty(
        comments.map(({ at, author, id: of }) => present({ at, by: author, id: of })),
      ),
      deleted,
      task: id,
    },
    personal: {
      attachments: nonEmpty(attachments),
      checklist: nonEmpty((checklist ?? []).flatMap(spoken)),
      comments: nonEmpty(
        comments.map(({ id: of, name, said }) => present({ by: name, id: of, text: said })),
      ),
      description: text(task.description) || undefined,
      title: (text(task.title) ?? text(task.taskTitle)) || undefined,
    } satisfies TaskObservedV1Personal,
  });
};

const spoken = ({ id, text: said }: GuestyChecklistItem): { id: string; text: string }[] =>
  said === undefined ? [] : [{ id, text: said }];

type Comments = 'attachments' | 'checklist' | 'comments' | 'deleted' | 'task';

const dataOf = (report: GuestyReport, task: Foreign): Omit<TaskObservedV1, Comments> => {
  const apply = objectOf(task.apply);
  const timing = objectOf(task.timing);
  return {
    assignedTo: personOf(report, task.assigneeId ?? task.assignee),
    createdAt: instant(task.createdAt),
    createdBy: personOf(report, task.createdBy),
    dueAt: instant(timing?.mustFinishBefore),
    event: report.event,
    listing: entityOf(report, apply?.listingId ?? task.listingId),
    normaliser: report.normaliser,
    notBefore: instant(timing?.canStartAfter),
    ownerReservation: entityOf(report, apply?.ownerReservationId),
    plannedMinutes: minutesOf(task.plannedDuration),
    priority: phrase(task.priority),
    rank: report.rank,
    reference: word(task.shortTaskId),
    reservation: entityOf(report, apply?.reservationId ?? task.reservationId),
    startAt: instant(timing?.startTime) ?? instant(task.scheduledFor),
    status: phrase(task.status),
    supervisor: personOf(report, task.supervisorId ?? task.supervisor),
    tags: listOf(task.tags)?.flatMap((tag) => label(objectOf(tag)?.name ?? tag) ?? []),
    timeZone: label(task.timezone),
    type: phrase(task.type),
  };
};

/** Hours as a decimal, by their digits. */
const minutesOf = (hours: unknown): number | undefined => {
  const hundredths = scaledOf(hours, 2);
  return hundredths === undefined || hundredths < 0 ? undefined : Math.round(hundredths * 0.6);
};

const personOf = (report: GuestyReport, value: unknown): string | undefined =>
  entityOf(report, objectOf(value)?._id ?? value);

interface Comment {
  readonly at: number | undefined;
  readonly author: string | undefined;
  readonly id: string;
  readonly name: string | undefined;
  readonly said: string | undefined;
}

/** One, or a list of them: `by` is an id, a name, or both in an object. */
const commentsOf = (report: GuestyReport, task: Foreign): Comment[] => {
  const one = objectOf(task.comment);
  return [...(one ? [one] : []), ...objectsOf(task.comments)].flatMap((comment) => {
    const id = ownIdOf(comment._id ?? comment.id);
    if (id === undefined) return [];
    const by = objectOf(comment.by);
    const author = personOf(report, comment.by);
    return {
      at: instant(comment.date ?? comment.createdAt),
      author,
      id,
      name: text(by?.fullName ?? by?.name) ?? (author === undefined ? text(comment.by) : undefined),
      said: text(comment.text) || undefined,
    };
  });
};

/** Bodies of tasks carry no time, and how they nest is a guess: each is also looked up. */
export const taskReader: GuestyEntityReader = {
  under: 'task',
  read({ report, body, deleted, asked }) {
    const task = answerIn(body, 'task');
    const own = ownIdOf(task._id ?? task.taskId ?? asked);
    const id = entityOf(report, own);
    if (id === undefined || own === undefined)
      return unknown(unreadField('task._id', task._id ?? task.taskId ?? asked), report.event);
    return understood(
      [taskObservation(report, id, task, deleted)],
      report.answers || deleted ? [] : [{ entity: 'task', id: own }],
    );
  },
  gone(report, asked) {
    const id = entityOf(report, asked);
    return id === undefined ? [] : [taskObservation(report, id, {}, true)];
  },
};

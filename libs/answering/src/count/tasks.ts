import type { JsonObject } from '#libs/kernel';

import { MOST, textIn, type CountedRecords, type CountScope } from './counted.js';
import { spokenMoment } from './local-days.js';

const OPEN = ['pending', 'confirmed', 'in progress', 'in_progress', 'open'] as const;
const PAGE = 200;

/** Tasks nobody has done yet: those due in these days, or all. */
export const countTasks = async (scope: CountScope): Promise<CountedRecords> => {
  const { tasks, more } = scope.isTimeSaid ? await dueTasks(scope) : await openTasks(scope);
  const about = scope.about.filter((id) => id.startsWith('listing/'));
  const own = tasks.filter(
    (task) => about.length === 0 || about.includes(`listing/${textIn(task, 'listing') ?? ''}`),
  );
  return {
    kind: 'task',
    count: own.length,
    lines: own.map((task) => ({
      record: `task/${textIn(task, 'id') ?? ''}`,
      text: [textIn(task, 'displayName'), textIn(task, 'type'), dueIn(task, scope)]
        .filter(Boolean)
        .join(' · '),
    })),
    more,
  };
};

const dueIn = (task: JsonObject, scope: CountScope): string | undefined => {
  const due = textIn(task, 'dueAt');
  return due === undefined ? undefined : spokenMoment(Date.parse(due), scope.now, scope);
};

interface ReadTasks {
  readonly tasks: readonly JsonObject[];
  readonly more: boolean;
}

const isOpen = (task: JsonObject): boolean =>
  OPEN.some((status) => status === textIn(task, 'status'));

const dueTasks = async ({ records, fromMs, toMs }: CountScope): Promise<ReadTasks> => {
  const range = { kind: 'task', field: 'dueAt', from: fromMs, to: toMs, limit: MOST } as const;
  const { items, more } = await records.inRange(range);
  return { tasks: items.filter(isOpen), more };
};

/** By their status: costs the open ones. */
const openTasks = async ({ records }: CountScope): Promise<ReadTasks> => {
  const tasks: JsonObject[] = [];
  for (const status of OPEN)
    for (let after: string | undefined; ;) {
      const page = await records.list({
        kind: 'task',
        where: { status },
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      tasks.push(...page.items);
      after = page.next;
      if (tasks.length >= MOST) return { tasks, more: true };
      if (after === undefined) break;
    }
  return { tasks, more: false };
};

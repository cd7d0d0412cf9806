import type { RecordSection, SectionSetting } from './record-section.js';
import {
  after,
  labelled,
  listed,
  plainWord,
  prose,
  sectionsIn,
  spokenDuration,
  words,
} from './section-text.js';
import { knownZone, spokenTime } from './section-times.js';
import { inTime } from './show.js';
import type { TaskValues } from './task-values.js';

/** The work and how far it is, then what was said about it. */
export const sectionsOfTask = (
  values: TaskValues,
  setting: SectionSetting,
): readonly RecordSection[] => {
  const zone = knownZone(values.timeZone, setting.timeZone);
  const planned = {
    from: values.startAt ?? values.notBefore ?? values.createdAt,
    to: values.dueAt,
  };
  return sectionsIn([
    { path: 'task', heading: 'Task', text: taskIn(values, zone), ...planned },
    { path: 'description', heading: 'Description', text: values.description, ...planned },
    { path: 'checklist', heading: 'Checklist', text: checklistIn(values), ...planned },
    ...(inTime(values.comments) ?? []).map(({ id, value: { at, name, text } }) => ({
      path: `comments/${id}`,
      heading: listed([words('Comment', after('by', name)), spokenTime(at, zone)]),
      text,
      from: at,
    })),
  ]);
};

const taskIn = (values: TaskValues, zone: string): string | undefined =>
  prose(
    after('Task', words(values.reference && `${values.reference}:`, values.title)),
    labelled('Type', plainWord(values.type)),
    labelled('Status', plainWord(values.status)),
    labelled('Priority', plainWord(values.priority)),
    after('It begins on', spokenTime(values.startAt, zone)),
    after('It must not begin before', spokenTime(values.notBefore, zone)),
    after('It is due on', spokenTime(values.dueAt, zone)),
    after(
      'It is planned to take',
      spokenDuration(values.plannedMinutes === undefined ? undefined : values.plannedMinutes * 60),
    ),
    labelled('Tags', listed(values.tags)),
    labelled('Attached', listed(values.attachments?.map(({ name }) => name))),
  );

/** As lists are written in Markdown. */
const checklistIn = ({ checklist }: TaskValues): string | undefined =>
  checklist
    ?.filter(({ text }) => text !== undefined && text !== '')
    .map(({ done, text }) => `- [${done === true ? 'x' : ' '}] ${text ?? ''}`)
    .join('\n');

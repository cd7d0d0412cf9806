import type { JsonObject } from '#libs/kernel';
import { z } from 'zod';

import type { QuestionToAnswer } from '../../answers/answer.js';
import { dayAt, daysLater } from '../../count/local-days.js';
import { objectIn, textIn } from '../../count/counted.js';
import type { RecordsFor } from '../../dialogues/readable-answers.js';
import { folded } from '../../texts/folded.js';
import { modelTool, toolDay, toolText, type ModelTool, type ToolFindings } from './model-tool.js';
import { recordSource, type RecordWriting } from './record-text.js';

export interface RecordToolsParts {
  readonly recordsFor: RecordsFor;
  readonly isExcluded: (record: string) => boolean;
  readonly writingFor: (question: QuestionToAnswer) => RecordWriting;
}

/** So many are read, and so many of them are given. */
const READ = 500;
const GIVEN = 8;
const DAY_MS = 86_400_000;

type ViewTest = (view: JsonObject) => boolean;

/** Every word stands in one of the texts. */
const holdsWords = (
  wanted: string | undefined,
  texts: readonly (string | undefined)[],
): boolean => {
  if (wanted === undefined) return true;
  const said = folded(texts.filter(Boolean).join(' '));
  return folded(wanted)
    .split(' ')
    .every((word) => said.includes(word));
};

const given = (
  { isExcluded, writingFor }: RecordToolsParts,
  question: QuestionToAnswer,
  kind: string,
  views: readonly JsonObject[],
): ToolFindings => {
  const named = views.flatMap((view) => {
    const id = textIn(view, 'id');
    return id === undefined || isExcluded(`${kind}/${id}`)
      ? []
      : [{ record: `${kind}/${id}`, view }];
  });
  const sources = named
    .slice(0, GIVEN)
    .map(({ record, view }) => recordSource(record, view, writingFor(question)));
  const left = named.length - sources.length;
  return { sources, ...(left > 0 && { says: `There are ${left} more; ask for fewer days.` }) };
};

export const findReservationsTool = (parts: RecordToolsParts): ModelTool =>
  modelTool({
    name: 'find_reservations',
    description:
      'Finds stays by guest, home or confirmation code that are there between two days; without days from today on.',
    args: z.strictObject({
      guest: toolText.optional(),
      home: toolText.optional(),
      code: toolText.optional(),
      from: toolDay.optional(),
      to: toolDay.optional(),
    }),
    async find({ guest, home, code, from, to }, question) {
      const records = parts.recordsFor(question.principals);
      const homes = await homeNames(parts, question);
      const fits: ViewTest = (view) => {
        const listing = objectIn(view, 'listing') ?? {};
        const id = textIn(listing, 'id') ?? '';
        return (
          holdsWords(guest, [
            textIn(objectIn(view, 'guest') ?? {}, 'name'),
            textIn(view, 'displayName'),
          ]) &&
          holdsWords(home, [
            textIn(listing, 'nickname'),
            textIn(listing, 'name'),
            homes.get(id),
            `listing/${id}`,
          ]) &&
          holdsWords(code, [textIn(view, 'confirmationCode')]) &&
          (to === undefined || (textIn(view, 'checkInDate') ?? '') <= to)
        );
      };
      if (code !== undefined && from === undefined) {
        const page = await records.list({
          kind: 'reservation',
          where: { confirmationCode: code },
          limit: GIVEN,
        });
        return given(parts, question, 'reservation', page.items);
      }
      const { items } = await records.inRange({
        kind: 'reservation',
        field: 'checkOutDate',
        from: from ?? dayAt(question.at, question.timeZone),
        limit: READ,
      });
      return given(parts, question, 'reservation', items.filter(fits));
    },
  });

/** A lean webhook names the home of a stay by its id alone. */
const homeNames = async (
  { recordsFor }: RecordToolsParts,
  { principals }: QuestionToAnswer,
): Promise<ReadonlyMap<string, string>> => {
  const { items } = await recordsFor(principals).list({ kind: 'listing', limit: READ });
  return new Map(
    items.map((view) => [
      textIn(view, 'id') ?? '',
      [textIn(view, 'nickname'), textIn(view, 'displayName')].filter(Boolean).join(' '),
    ]),
  );
};

const CALL_DAYS = 30;

export const findCallsTool = (parts: RecordToolsParts): ModelTool =>
  modelTool({
    name: 'find_calls',
    description:
      'Finds calls by the name or the number of the other side, between two days; without days those of the last 30.',
    args: z.strictObject({
      with: toolText.optional(),
      from: toolDay.optional(),
      to: toolDay.optional(),
      missed: z.boolean().optional(),
    }),
    async find({ with: other, from, to, missed }, question) {
      const { at, timeZone } = question;
      const first = from ?? daysLater(dayAt(at, timeZone), -CALL_DAYS);
      const last = to ?? dayAt(at, timeZone);
      const { items } = await parts.recordsFor(question.principals).inRange({
        kind: 'call',
        field: 'startedAt',
        // The day begins elsewhere at most a day apart.
        from: Date.parse(first) - DAY_MS,
        to: Date.parse(last) + 2 * DAY_MS,
        limit: READ,
      });
      const fits: ViewTest = (view) => {
        const began = Date.parse(textIn(view, 'startedAt') ?? '');
        const day = Number.isNaN(began) ? '' : dayAt(began, timeZone);
        const isAnswered = textIn(view, 'answeredAt') !== undefined;
        const contact = objectIn(view, 'contact') ?? {};
        const phone = textIn(view, 'phone');
        return (
          day >= first &&
          day <= last &&
          (missed === undefined ||
            missed === (!isAnswered && textIn(view, 'direction') === 'inbound')) &&
          (holdsWords(other, [textIn(contact, 'name'), textIn(view, 'displayName')]) ||
            isNumber(other, phone))
        );
      };
      return given(parts, question, 'call', items.filter(fits).reverse());
    },
  });

const isNumber = (wanted: string | undefined, phone: string | undefined): boolean => {
  const digits = (wanted ?? '').replaceAll(/\D/gu, '').replace(/^0+/u, '');
  return digits.length >= 4 && phone !== undefined && phone.replaceAll(/\D/gu, '').includes(digits);
};

export const getRecordTool = (parts: RecordToolsParts): ModelTool =>
  modelTool({
    name: 'get_record',
    description: 'Reads one record by the id that a source names, such as listing/guesty.main.1.',
    args: z.strictObject({ record: toolText.regex(/^[a-z_]+\/\S+$/u) }),
    async find({ record }, question) {
      // Earlier answers point to sources and are none.
      const isHidden = parts.isExcluded(record) || record.startsWith('question/');
      const shown = isHidden
        ? undefined
        : (await parts.recordsFor(question.principals).showMany([record])).get(record);
      if (shown === undefined || shown.deleted === true) return { sources: [] };
      return { sources: [recordSource(record, shown, parts.writingFor(question))] };
    },
  });

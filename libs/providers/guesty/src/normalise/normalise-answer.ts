import { jsonObjectOf, word } from '#libs/foreign';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import { changeIn, NO_TIME } from '../envelope.js';
import { ANSWER_RANK, NORMALISER, type About } from '../events.js';
import type { GuestyEntityReader } from './reader.js';
import { readers } from './readers.js';
import { understood, unknown, type GuestyReport } from './report.js';

/**
 * An answer of the API, one entity in its own bytes. The headers say which one it is and when we asked. A thing
 * without a time of change counts as of the moment of the question.
 */
export const normaliseAnswer = ({ account, body: bytes, headers }: NormaliserInput): Normalised => {
  const about = word(headers['innkeeper-entity']);
  const reader = about === undefined ? undefined : readerOf(about);
  if (about === undefined || !reader) return unknown('the entity is not known');
  const event = `api.${about}`;
  const asked = headers['innkeeper-id'] ?? '';
  const askedAt = timeOf(headers['innkeeper-asked-at']);
  const report: GuestyReport = {
    account,
    answers: true,
    at: askedAt ?? NO_TIME,
    event,
    normaliser: NORMALISER,
    rank: ANSWER_RANK,
  };
  if (headers['innkeeper-gone'] === 'true')
    return understood(reader.gone?.({ ...report, event: `${event}.gone` }, asked) ?? []);
  const body = jsonObjectOf(bytes);
  if (!body) return unknown('the body is not a JSON object', event);
  const at = changeIn(body) ?? report.at;
  return reader.read({ report: { ...report, at }, body, whole: body, asked });
};

const readerOf = (about: string): GuestyEntityReader | undefined =>
  Object.hasOwn(readers, about) ? readers[about as About] : undefined;

const MILLISECONDS = /^[1-9]\d{0,14}$/;
const timeOf = (text: string | undefined): number | undefined =>
  text !== undefined && MILLISECONDS.test(text) ? Number(text) : undefined;

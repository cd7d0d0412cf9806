import { fault } from '#libs/kernel';

import type { DialogueTurn } from '../retrieve/retrieval.js';
import {
  expectedEnds,
  type CollectionDocument,
  type CollectionQuery,
  type CollectionScope,
  type Judgement,
} from './collection.js';

/** A line of a file, and where it stands: what is wrong with it is told by this. */
export interface FileLine {
  readonly file: string;
  /** From 1 on. */
  readonly line: number;
  readonly text: string;
}

type Members = Readonly<Record<string, unknown>>;

export const readDocument = (line: FileLine): CollectionDocument => {
  const members = objectIn(line);
  const audience = textsIn(line, members, 'audience');
  return {
    id: idIn(line, members),
    title: optionalText(line, members, 'title') ?? '',
    text: textIn(line, members, 'text'),
    scope: textsIn(line, members, 'scope') ?? [],
    audience: audience ?? ['staff'],
  };
};

export const readQuery = (line: FileLine): CollectionQuery => {
  const members = objectIn(line);
  const scope = textsIn(line, members, 'scope');
  const expects = optionalText(line, members, 'expects');
  const end = expectedEnds.find((one) => one === expects);
  if (expects !== undefined && end === undefined)
    throw wrong(line, `"expects" must be one of ${expectedEnds.join(', ')}`);
  return {
    id: idIn(line, members),
    text: textIn(line, members, 'text'),
    turns: turnsIn(line, members),
    ...(scope && scope.length > 0 && { scope }),
    ...(end && { expects: end }),
  };
};

export const readScope = (line: FileLine): CollectionScope => {
  const members = objectIn(line);
  return { id: idIn(line, members), names: textsIn(line, members, 'names') ?? [] };
};

/** Query, document and grade, or the four columns of TREC. A head is skipped, as BEIR writes it. */
export const readJudgement = (line: FileLine): Judgement | undefined => {
  const columns = line.text.split(line.text.includes('\t') ? '\t' : /\s+/u);
  const values = columns.map((column) => column.trim());
  const [query, document, grade] = values.length === 4 ? [values[0], values[2], values[3]] : values;
  if (!query || !document || !grade || values.length > 4)
    throw wrong(line, 'expected query, document and grade, with tabs between them');
  const value = Number(grade);
  if (Number.isFinite(value)) return { query, document, grade: value };
  if (line.line === 1) return undefined;
  throw wrong(line, 'the grade is no number');
};

const wrong = ({ file, line }: FileLine, problem: string) =>
  fault('KNOWLEDGE_COLLECTION_INVALID', { details: { file, line, problem } });

const objectIn = (line: FileLine): Members => {
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch (cause) {
    throw fault('KNOWLEDGE_COLLECTION_INVALID', {
      cause,
      details: { file: line.file, line: line.line, problem: 'this is no JSON' },
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrong(line, 'expected an object');
  return value as Members;
};

/** Ids of other collections are numbers now and then. */
const idIn = (line: FileLine, members: Members): string => {
  const id = members['_id'];
  if (typeof id === 'number') return String(id);
  if (typeof id !== 'string' || id === '') throw wrong(line, '"_id" must be a text');
  return id;
};

const textIn = (line: FileLine, members: Members, name: string): string => {
  const text = members[name];
  if (typeof text !== 'string') throw wrong(line, `"${name}" must be a text`);
  return text;
};

const optionalText = (line: FileLine, members: Members, name: string): string | undefined =>
  members[name] === undefined || members[name] === null ? undefined : textIn(line, members, name);

/** One text or a list of them. */
const textsIn = (line: FileLine, members: Members, name: string): readonly string[] | undefined => {
  const value = members[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw wrong(line, `"${name}" must be a text or a list of texts`);
};

const turnsIn = (line: FileLine, members: Members): readonly DialogueTurn[] => {
  const turns = members['turns'] ?? [];
  if (!Array.isArray(turns)) throw wrong(line, '"turns" must be a list');
  return turns.map((turn: unknown) => {
    const { who, text } = (turn ?? {}) as Members;
    if ((who !== 'user' && who !== 'other') || typeof text !== 'string')
      throw wrong(line, 'each turn has "who" ("user" or "other") and "text"');
    return { who, text };
  });
};

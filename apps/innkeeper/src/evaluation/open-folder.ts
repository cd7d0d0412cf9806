import {
  readDocument,
  readJudgement,
  readQuery,
  readScope,
  type EvaluationCollection,
  type FileLine,
} from '#libs/knowledge';
import { openEvaluation, type Settings } from '#libs/platform/local';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { UsageError } from '../exit.js';
import type { OpenedEvaluation } from '../outside.js';

/** A collection in a folder, and an index for it. The files that are short are read before anything is indexed. */
export const openFolder = async (folder: string, settings: Settings): Promise<OpenedEvaluation> => {
  const collection = await readFolder(folder);
  const { evaluate, close } = await openEvaluation(settings);
  return { run: (listener) => evaluate(collection, listener), close };
};

const readFolder = async (folder: string): Promise<EvaluationCollection> => {
  const named = (name: string): string => join(folder, name);
  for (const name of ['corpus.jsonl', 'queries.jsonl', 'qrels.tsv'])
    if (!existsSync(named(name)))
      throw new UsageError(
        `${named(name)} is missing.`,
        'innkeeper eval --help says what it holds.',
      );
  const scopes = named('scopes.jsonl');
  return {
    queries: await allOf(named('queries.jsonl'), readQuery),
    judgements: (await allOf(named('qrels.tsv'), readJudgement)).filter((one) => one !== undefined),
    scopes: existsSync(scopes) ? await allOf(scopes, readScope) : [],
    documents: documentsIn(named('corpus.jsonl')),
  };
};

const allOf = async <T>(file: string, read: (line: FileLine) => T): Promise<readonly T[]> => {
  const all: T[] = [];
  for await (const line of linesOf(file)) all.push(read(line));
  return all;
};

async function* documentsIn(file: string) {
  for await (const line of linesOf(file)) yield readDocument(line);
}

const BYTE_ORDER_MARK = /^\uFEFF/u;

/** Line by line: a corpus may be larger than memory should hold twice. Empty lines say nothing. */
async function* linesOf(file: string): AsyncGenerator<FileLine> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line += 1;
    const said = line === 1 ? text.replace(BYTE_ORDER_MARK, '') : text;
    if (said.trim() !== '') yield { file, line, text: said };
  }
}

import type { Collection } from '#libs/ports/documents';

import type { Print } from './prints.js';

const collections = new Map<string, Collection>();

/** The same object each time, because by it a store knows that it has made its tables and indexes. */
const collectionOf = (name: string, fields: readonly string[]): Collection => {
  let collection = collections.get(name);
  if (!collection) collections.set(name, (collection = { name, fields }));
  return collection;
};

/** Which record is reached by what: one for each of both. What is claimed no more has no `handle`. */
export const claimsCollection = (generation: number): Collection =>
  collectionOf(`handles_${generation}`, ['handle', 'record']);

export const claimId = (print: Print, record: string): string => `${print}.${record}`;

/** What operators settled, once from the side of each record. */
export const rulingsCollection = (generation: number): Collection =>
  collectionOf(`rulings_${generation}`, ['record']);

export const rulingId = (record: string, other: string): string => `${record} ${other}`;

/** Handles behind which nobody can tell who is who, by their print. */
export const questionsCollection = (generation: number): Collection =>
  collectionOf(`questions_${generation}`, []);

/** All that goes with a generation of the records. */
export const identityCollections = (generation: number): readonly Collection[] => [
  claimsCollection(generation),
  rulingsCollection(generation),
  questionsCollection(generation),
];

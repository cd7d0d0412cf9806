import { fault } from '#libs/kernel';
import type { IndexQuery, VectorQuery, WordCount } from '#libs/ports/search-index';

import { IndexFile } from './index-file.js';
import { answered, unpacked, type HandleCalls, type IndexCall } from './messages.js';
import { IndexReader } from './reader.js';

/** One after the other: each is short, and a second thread would only share the same disk. */
export const readThread = (path: string): HandleCalls => {
  let opened: IndexReader | undefined;
  const reader = () => (opened ??= new IndexReader(new IndexFile(path, { readOnly: true })));
  return (calls, reply) => {
    for (const call of calls) reply(answered(call, () => carryOut(reader(), call)));
  };
};

const carryOut = (reader: IndexReader, { method, args }: IndexCall): unknown => {
  const generation = Number(args[0]);
  const texts = args[1] as readonly string[];
  switch (method) {
    case 'ping':
      return reader.states(generation, []);
    case 'find':
      return reader.find(generation, args[1] as IndexQuery);
    case 'statistics':
      return reader.statistics(generation, args[1] as IndexQuery['terms']);
    case 'states':
      return reader.states(generation, texts);
    case 'unitsOf':
      return reader.unitsOf(generation, texts);
    case 'list':
      return reader.list(generation, args[1] as { after?: string; limit: number });
    case 'near':
      return reader.near(generation, texts);
    case 'beginning':
      return reader.beginning(generation, texts, Number(args[2]));
    case 'count':
      return reader.count(generation, texts);
    case 'withoutVectors':
      return reader.withoutVectors(generation, args[1] as { after?: string; limit: number });
    case 'nearest':
      return reader.nearest(generation, args[1] as VectorQuery);
    case 'nearness':
      return reader.nearness(generation, args[1] as Float32Array, args[2] as readonly string[]);
    case 'news':
      return reader.apply(...(unpacked(args[0] as Uint8Array) as [number, WordCount[], boolean]));
    case 'warm':
      return reader.warm();
    case 'forget':
      return reader.forget(generation);
    default:
      throw fault('DEFECT_UNKNOWN', { details: { method } });
  }
};

import { kindNames, type KindName } from '../kinds/index.js';

/** Of which kind of record a stream tells first: `call/aircall.main.1` is of a call. */
export const kindOfStream = (stream: string): KindName | undefined => {
  const kind = stream.slice(0, stream.indexOf('/'));
  return kindNames.find((name) => name === kind);
};

import { kindNames, type KindName } from '../kinds/index.js';

/** Of which kind of record a stream tells first: `call/aircall.main.1` is of a call. */
export const kindOfStream = (stream: string): KindName | undefined => {
  const kind = stream.slice(0, stream.indexOf('/'));
  return kindNames.find((name) => name === kind);
};

/** What we answer in the chat is no record. It is told beside its messages, for the same eyes. */
const beside: Readonly<Record<string, KindName>> = { chat_answer: 'chat_message' };

/** The kind of a stream, or the one beside which its facts are told. */
export const kindBesideStream = (stream: string): KindName | undefined =>
  kindOfStream(stream) ?? beside[stream.slice(0, stream.indexOf('/'))];

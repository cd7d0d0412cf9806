import { fault } from '#libs/kernel';

import { FACT_LIMIT, type DraftFact } from './event-log.port.js';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const STREAM = /^[A-Za-z0-9._~:/-]{1,512}$/;
const TYPE = /^[a-z0-9_.]{1,128}$/;

/**
 * A draft that cannot be stored the same way everywhere is a mistake of its writer. It is refused
 * before it joins a group, so it fails nobody else, and before two adapters can disagree about it.
 */
export const checkDraft = (draft: DraftFact): void => {
  const wrong = wrongField(draft);
  if (wrong) throw fault('LOG_FACT_INVALID', { details: { field: wrong } });
};

const wrongField = (draft: DraftFact): keyof DraftFact | undefined => {
  if (!ID.test(draft.id)) return 'id';
  if (!TYPE.test(draft.type)) return 'type';
  if (!STREAM.test(draft.stream)) return 'stream';
  if (!Number.isSafeInteger(draft.occurredAt)) return 'occurredAt';
  if (!isStorableText(draft.meta)) return 'meta';
  if (!isStorableText(draft.data)) return 'data';
  return undefined;
};

/** Canonical JSON is never empty and has no raw line break, which the hashed frame relies on. */
const isStorableText = (text: string): boolean =>
  text.length > 0 && text.isWellFormed() && !text.includes('\n');

/** A decision is one piece: one stream, and no fact twice. */
export const checkDecision = (stream: string, facts: readonly DraftFact[]): void => {
  const ids = new Set<string>();
  for (const fact of facts) {
    checkDraft(fact);
    if (fact.stream !== stream) throw fault('LOG_FACT_INVALID', { details: { field: 'stream' } });
    if (ids.has(fact.id)) throw fault('LOG_FACT_INVALID', { details: { field: 'id' } });
    ids.add(fact.id);
  }
};

/** The bytes of a fact that is over the limit, else nothing. */
export const excessBytes = (draft: DraftFact): number | undefined => {
  const { meta, data, personal } = draft;
  // Most facts are far below the limit: three bytes a character bounds them without encoding.
  if ((meta.length + data.length) * 3 + (personal?.length ?? 0) <= FACT_LIMIT) return undefined;
  const bytes = factBytes(draft);
  return bytes > FACT_LIMIT ? bytes : undefined;
};

/** Size as the limits count it. */
export const factBytes = ({ meta, data, personal }: DraftFact): number =>
  encoder.encode(meta).length + encoder.encode(data).length + (personal?.length ?? 0);

const encoder = new TextEncoder();

import type { JsonObject } from '#libs/kernel';

import {
  MOST,
  objectIn,
  textIn,
  type CountedRecords,
  type CountedLine,
  type CountScope,
} from './counted.js';
import { spokenMoment } from './local-days.js';

/** A call as it is counted. */
interface CountedCall {
  readonly record: string;
  /** Whom it was with: a number, or a contact where the number is withheld. */
  readonly other: string | undefined;
  readonly name: string;
  readonly inbound: boolean;
  readonly answered: boolean;
  readonly at: number;
}

const callOf = (record: JsonObject): CountedCall => {
  const contact = objectIn(record, 'contact');
  const phone = textIn(record, 'phone');
  return {
    record: `call/${textIn(record, 'id') ?? ''}`,
    other: phone ?? (contact && textIn(contact, 'id')),
    name: (contact && textIn(contact, 'name')) ?? phone ?? textIn(record, 'displayName') ?? '',
    inbound: textIn(record, 'direction') === 'inbound',
    answered: textIn(record, 'answeredAt') !== undefined,
    at: Date.parse(textIn(record, 'startedAt') ?? ''),
  };
};

interface ReadCalls {
  readonly calls: readonly CountedCall[];
  readonly more: boolean;
}

/** By when they began: costs the calls of these days. */
const callsOf = async ({ records, fromMs, toMs, now, about }: CountScope): Promise<ReadCalls> => {
  const to = Math.min(toMs, now);
  const { items, more } = await records.inRange({
    kind: 'call',
    field: 'startedAt',
    from: fromMs,
    to,
    limit: MOST,
  });
  const people = about.filter((id) => id.startsWith('contact/'));
  const isAbout = (item: JsonObject): boolean =>
    people.length === 0 ||
    people.includes(`contact/${textIn(objectIn(item, 'contact') ?? {}, 'id') ?? ''}`);
  return { calls: items.filter(isAbout).map(callOf), more };
};

/** A call that still rings is not missed yet. */
const isMissed = ({ inbound, answered, at }: CountedCall, now: number): boolean =>
  inbound && !answered && now - at > RINGS_MS;
const RINGS_MS = 60_000;

const lineOf = ({ record, name, at }: CountedCall, scope: CountScope): CountedLine => ({
  record,
  text: `${name} · ${spokenMoment(at, scope.now, scope)}`,
});

export const countMissedCalls = async (scope: CountScope): Promise<CountedRecords> => {
  const { calls, more } = await callsOf(scope);
  const missed = calls.filter((call) => isMissed(call, scope.now));
  return {
    kind: 'call',
    count: missed.length,
    lines: missed.map((call) => lineOf(call, scope)),
    more,
  };
};

export const countCalls = async (scope: CountScope): Promise<CountedRecords> => {
  if (scope.unanswered) return countMissedCalls(scope);
  const { calls, more } = await callsOf(scope);
  return {
    kind: 'call',
    count: calls.length,
    lines: calls.map((call) => lineOf(call, scope)),
    more,
  };
};

const LEAST = 2;

/**
 * Who called several times; without an answer: nobody took one of these calls, and nobody has talked to them since.
 * Numbers that were withheld cannot be told apart and are left out.
 */
export const countRepeatCallers = async (scope: CountScope): Promise<CountedRecords> => {
  const { calls, more } = await callsOf(scope);
  const byOther = new Map<string, CountedCall[]>();
  for (const call of calls)
    if (call.other !== undefined)
      byOther.set(call.other, [...(byOther.get(call.other) ?? []), call]);
  const callers = [...byOther.values()].flatMap((all) => {
    const talked = all.findLastIndex(({ answered }) => answered);
    const counted = scope.unanswered
      ? all.slice(talked + 1).filter((call) => isMissed(call, scope.now))
      : all.filter((call) => call.inbound);
    return counted.length >= LEAST ? [counted] : [];
  });
  return {
    kind: 'call',
    count: callers.length,
    lines: callers.map((own) => callerLine(own, scope)),
    more,
  };
};

/** Its newest call is the one to open. */
const callerLine = (calls: readonly CountedCall[], scope: CountScope): CountedLine => {
  const last = calls.at(-1);
  const times = calls.map(({ at }) => spokenMoment(at, scope.now, scope)).join(', ');
  return { record: last?.record ?? '', text: `${last?.name ?? ''} · ${calls.length}× · ${times}` };
};

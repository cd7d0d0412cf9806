import type { Topic } from '#libs/contracts';
import { asFault, codes, fault, kindRules, type Code, type FaultKind } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { acknowledge } from './acknowledge.js';

const deadLetter: Topic = { name: 'x.dead-letter', carries: 'tests', clear: false };
const policy = { attempts: 5, backoff: { first: 100, most: 1_000 }, deadLetter };
const whole = (): number => 1;

const codeOf = (kind: FaultKind): Code => {
  const found = Object.entries(codes).find(([, entry]) => entry.kind === kind);
  if (found) return found[0] as Code;
  throw new Error(`no code of kind ${kind}`);
};

// kind → first attempt, last attempt, first attempt without a dead letter topic
const table: Readonly<Partial<Record<FaultKind, readonly [string, string, string]>>> = {
  invalid: ['dead_letter', 'dead_letter', 'again 100'],
  unauthenticated: ['dead_letter', 'dead_letter', 'again 100'],
  missing: ['again 100', 'dead_letter', 'again 100'],
  conflict: ['again 0', 'dead_letter', 'again 0'],
  unavailable: ['hold', 'hold', 'hold'],
  misconfigured: ['hold', 'hold', 'hold'],
  defect: ['again 100', 'dead_letter', 'again 100'],
};

const shown = (...args: Parameters<typeof acknowledge>): string => {
  const answer = acknowledge(...args);
  return answer.act === 'again' ? `again ${answer.afterMs}` : answer.act;
};

describe('acknowledge', () => {
  it('has a row for every kind of fault that has a code', () => {
    const kinds = new Set(Object.values(codes).map(({ kind }) => kind));
    expect(Object.keys(table).sort()).toEqual(
      [...kinds].filter((kind) => kind !== 'throttled').sort(),
    );
    expect(Object.keys(kindRules)).toHaveLength(8);
  });

  it.each(Object.entries(table))('walks every cell of %s', (kind, [first, last, alone]) => {
    const outcome = fault(codeOf(kind as FaultKind));
    expect(shown(outcome, 1, policy, whole)).toBe(first);
    expect(shown(outcome, 4, policy, whole)).toBe(first.replace('100', '800'));
    expect(shown(outcome, 5, policy, whole)).toBe(last);
    expect(shown(outcome, 1, { ...policy, deadLetter: undefined, attempts: Infinity }, whole)).toBe(
      alone,
    );
  });

  it('acknowledges what is done, at any attempt', () => {
    expect(acknowledge(undefined, 99, policy)).toEqual({ act: 'done' });
  });

  it('takes an unknown error for a defect: again, then the dead letter', () => {
    expect(shown(asFault(new TypeError('x')), 1, policy, whole)).toBe('again 100');
    expect(acknowledge(asFault('just text'), 5, policy)).toMatchObject({
      act: 'dead_letter',
      fault: { code: 'DEFECT_UNKNOWN' },
    });
  });

  it('waits as long as the other side asked, however often that is', () => {
    const throttled = Object.assign(fault('DEFECT_UNKNOWN', { retryAfterMs: 7_000 }), {
      kind: 'throttled',
    });
    expect(shown(throttled, 1, policy)).toBe('again 7000');
    expect(shown(throttled, 50, policy)).toBe('again 7000');
  });
});

import { describe, expect, it } from '@jest/globals';

import { asFault, codes, fault, Fault, kindRules, succeeded, type Code } from './index.js';

const entries = Object.entries(codes) as [Code, (typeof codes)[Code]][];

describe('the kinds of failure', () => {
  // House-style §7, cell by cell: the policy changes here only together with that table.
  it.each([
    ['invalid', 'dead_letter', 400, 'warn'],
    ['unauthenticated', 'dead_letter', 401, 'warn'],
    ['missing', 'retry', 404, 'info'],
    ['conflict', 'retry_at_once', 409, 'info'],
    ['throttled', 'retry', 429, 'info'],
    ['unavailable', 'pause', 503, 'warn'],
    ['misconfigured', 'pause', 500, 'error'],
    ['defect', 'retry', 500, 'error'],
  ] as const)('%s: message %s, HTTP %i, level %s', (kind, message, http, level) => {
    expect(kindRules[kind]).toEqual({ message, http, level });
  });

  it('are these eight', () => {
    expect(Object.keys(kindRules)).toHaveLength(8);
  });
});

describe('every code', () => {
  it('is named <CONTEXT>_<NOUN>[_<STATE>]', () => {
    expect(entries.filter(([code]) => !/^[A-Z]+(_[A-Z]+)+$/.test(code))).toEqual([]);
  });

  it('has a kind of the table, and a status of its own only for good reason', () => {
    for (const [code, { kind, http }] of entries as [Code, { kind: string; http?: number }][]) {
      expect([code, Object.keys(kindRules)]).toEqual([code, expect.arrayContaining([kind])]);
      // Where HTTP is more exact it blames the sender; what is our fault has its kind's status.
      if (http !== undefined)
        expect([code, `${http}`]).toEqual([code, expect.stringMatching(/^4\d\d$/)]);
    }
  });

  it('says in a sentence what is wrong, and in another what to do', () => {
    for (const [code, { title, remedy }] of entries) {
      expect([code, title]).toEqual([code, expect.stringMatching(/^[A-Z].{8,118}\.$/u)]);
      expect([code, remedy]).toEqual([code, expect.stringMatching(/^\p{Lu}.{8,}[.`]$/u)]);
    }
  });

  it('has a title of its own', () => {
    expect(new Set(entries.map(([, { title }]) => title)).size).toBe(entries.length);
  });
});

describe('a fault', () => {
  it('takes its kind from its code and shows its details', () => {
    const thrown = fault('LOG_FACT_TOO_LARGE', { details: { bytes: 300_000, id: 'x' } });
    expect(thrown).toMatchObject({ code: 'LOG_FACT_TOO_LARGE', kind: 'invalid', name: 'Fault' });
    expect(thrown.message).toBe('A fact is larger than 256 KiB. bytes=300000 id=x');
  });

  it('keeps its cause and its hint, and has neither unless told', () => {
    const cause = new Error('socket hang up');
    expect(fault('BUS_UNAVAILABLE', { cause, retryAfterMs: 7 })).toMatchObject({
      cause,
      retryAfterMs: 7,
    });
    expect('cause' in fault('BUS_UNAVAILABLE')).toBe(false);
  });

  it('is what anything thrown becomes, and itself stays itself', () => {
    const known = fault('STORE_FULL');
    expect(asFault(known)).toBe(known);
    for (const thrown of [new TypeError('x'), 'text', undefined, null, 7]) {
      const unknown = asFault(thrown);
      expect(unknown).toBeInstanceOf(Fault);
      expect(unknown).toMatchObject({ code: 'DEFECT_UNKNOWN', kind: 'defect' });
    }
    expect(asFault(new TypeError('x')).cause).toBeInstanceOf(TypeError);
  });

  it('is told from a result', () => {
    expect(succeeded(fault('STORE_FULL'))).toBe(false);
    expect([0, '', undefined, new Error('not ours')].every((value) => succeeded(value))).toBe(true);
  });
});

import { codes, fault, kindRules, problemHeaders, problemOf, type Code } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';

import { requestFault } from './request-fault.js';

describe('problemOf', () => {
  it.each(Object.keys(codes) as Code[])(
    'says of %s its title, what to do, and nothing else',
    (code) => {
      const problem = problemOf(fault(code, { cause: new Error('Zelda') }), 'trace-1');
      const { title, remedy, kind, http }: (typeof codes)[Code] & { http?: number } = codes[code];
      expect(problem).toEqual({
        type: `urn:innkeeper:error:${code}`,
        title,
        status: http ?? kindRules[kind].http,
        code,
        detail: remedy,
        trace: 'trace-1',
      });
    },
  );

  it('tells the asker which part of the request is wrong, and nobody what is wrong inside', () => {
    const asked = fault('API_REQUEST_INVALID', { details: { part: 'limit', problem: 'too_big' } });
    const inner = fault('LOG_UNAVAILABLE', { details: { host: 'db-1' } });
    expect(problemOf(asked, '').detail).toBe('part: limit; problem: too_big');
    expect(JSON.stringify(problemOf(inner, ''))).not.toContain('db-1');
  });
});

describe('problemHeaders', () => {
  const headers = (code: Code, retryAfterMs?: number) => {
    const f = fault(code, retryAfterMs === undefined ? {} : { retryAfterMs });
    return problemHeaders(f, problemOf(f, ''))['retry-after'];
  };

  it('ask to come again where waiting helps: as long as was said, at least a second', () => {
    expect(headers('BUS_UNAVAILABLE')).toBe('5');
    expect(headers('BUS_UNAVAILABLE', 61_001)).toBe('62');
    expect(headers('BUS_UNAVAILABLE', 1)).toBe('1');
    expect(headers('API_NOT_FOUND')).toBeUndefined();
    expect(headers('DEFECT_UNKNOWN')).toBeUndefined();
  });
});

describe('requestFault', () => {
  it.each([
    [{ statusCode: 404 }, 'API_NOT_FOUND'],
    [new NotFoundException(), 'API_NOT_FOUND'],
    [{ statusCode: 405 }, 'API_NOT_FOUND'],
    [{ statusCode: 408 }, 'API_REQUEST_TIMEOUT'],
    [{ statusCode: 413 }, 'INTAKE_BODY_TOO_LARGE'],
    [{ statusCode: 414 }, 'API_REQUEST_INVALID'],
    [{ statusCode: 415 }, 'API_MEDIA_TYPE_UNSUPPORTED'],
    [{ statusCode: 500 }, 'DEFECT_UNKNOWN'],
    [fault('LOG_UNAVAILABLE'), 'LOG_UNAVAILABLE'],
    [new TypeError('x'), 'DEFECT_UNKNOWN'],
    [undefined, 'DEFECT_UNKNOWN'],
  ])('makes of %o the code %s', (thrown, code) => {
    expect(requestFault(thrown).code).toBe(code);
  });
});

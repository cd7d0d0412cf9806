import { fault, Secret } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import type { LogFields } from './log.js';
import { NestLogger } from './nest-logger.js';
import { pinoLog } from './pino-log.js';

const written = () => {
  const lines: string[] = [];
  return {
    lines,
    log: pinoLog('info', { write: (line) => void lines.push(line) }),
    last: () => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>,
  };
};

describe('pinoLog', () => {
  it('writes one JSON line with event, level, time and the fields that are on the list', () => {
    const { log, last } = written();
    log.info('batch.handled', { outcome: 'done', count: 3, ms: 1.5, canary: true });
    expect(last()).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'batch.handled',
      outcome: 'done',
      count: 3,
      ms: 1.5,
      canary: true,
    });
  });

  it('drops what is not on the list and what is no plain value', () => {
    const { log, lines } = written();
    const smuggled = {
      body: '{"name":"Zelda Fitz"}',
      delivery: { phone: '+33612345678' },
      source: new Secret('hunter2'),
      position: 7,
    } as unknown as LogFields;
    log.warn('delivery.received', smuggled);
    expect(lines.join('')).not.toMatch(/Zelda|3361|hunter2|body|source/);
    expect(lines.join('')).toContain('"position":7');
  });

  it('writes of an error its code, class and place, and never its message', () => {
    const { log, last, lines } = written();
    let cause: unknown;
    try {
      JSON.parse('Zelda Fitz\n    at her desk');
    } catch (error) {
      cause = error;
    }
    log.error('batch.failed', { error: fault('DEFECT_UNKNOWN', { cause, details: { size: 4 } }) });
    expect(lines.join('')).not.toMatch(/Zelda|desk/);
    expect(last()).toMatchObject({
      code: 'DEFECT_UNKNOWN',
      kind: 'defect',
      error: 'SyntaxError',
      details: { size: 4 },
    });
    expect((last()['at'] as string[])[0]).toContain('JSON.parse');
  });

  it('is not taken in by a message that looks like a place', () => {
    const { log, lines } = written();
    log.error('batch.failed', { error: new RangeError('wrong\n    at Zelda (her desk)') });
    expect(lines.join('')).toContain('RangeError');
    expect(lines.join('')).not.toMatch(/Zelda|desk/);
  });

  it('keeps quiet below its level', () => {
    const { log, lines } = written();
    log.debug('nothing');
    expect(lines).toEqual([]);
  });

  it('has no field by which a text could be written', () => {
    const { log } = written();
    // @ts-expect-error no such field
    log.info('question.asked', { text: 'Where is Zelda?' });
  });
});

describe('NestLogger', () => {
  it('passes on what Nest says of our modules, and of the rest only that it happened', () => {
    const { log, lines } = written();
    const nest = new NestLogger(log);
    nest.error('Nest cannot resolve Desk', 'stack', 'ExceptionHandler');
    nest.error(new TypeError('Zelda is not iterable'), 'RpcExceptionsHandler');
    nest.log('Mapped {/api}', 'RouterExplorer');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('cannot resolve Desk');
    expect(lines[1]).toContain('TypeError');
    expect(lines.join('')).not.toContain('Zelda');
  });
});

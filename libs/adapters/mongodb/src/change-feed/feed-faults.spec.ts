import { describe, expect, it } from '@jest/globals';
import { MongoNetworkError, MongoServerError } from 'mongodb';

import { asFault, fault } from '#libs/kernel';

import { feedFault, forStreams } from './feed-faults.js';

const answer = (code: number, labels: readonly string[] = []): MongoServerError => {
  const error = new MongoServerError({ message: 'refused', code });
  for (const label of labels) error.addErrorLabel(label);
  return error;
};

const codeFor = (error: unknown): string => asFault(feedFault(error)).code;

describe('what an error of the driver means for following', () => {
  it.each([
    ['not allowed', 13, 'CAPTURE_FORBIDDEN'],
    ['credentials refused', 18, 'CAPTURE_FORBIDDEN'],
    ['not a replica set', 40573, 'CAPTURE_FORBIDDEN'],
    ['a view', 166, 'CAPTURE_FORBIDDEN'],
    ['no such collection', 26, 'CAPTURE_COLLECTION_GONE'],
    ['history lost', 286, 'CAPTURE_HISTORY_LOST'],
    ['a stream that ended for good', 280, 'CAPTURE_HISTORY_LOST'],
    ['a token of another stream', 260, 'CAPTURE_HISTORY_LOST'],
    ['a snapshot that is too old', 239, 'CAPTURE_UNREACHABLE'],
    ['a snapshot that is not there yet', 246, 'CAPTURE_UNREACHABLE'],
    ['too slow', 50, 'CAPTURE_UNREACHABLE'],
    ['not primary', 10107, 'CAPTURE_UNREACHABLE'],
    ['a stale secondary', 13436, 'CAPTURE_UNREACHABLE'],
    ['shutting down', 91, 'CAPTURE_UNREACHABLE'],
    ['interrupted by an election', 11602, 'CAPTURE_UNREACHABLE'],
  ])('%s', (_what, code, meant) => {
    expect(codeFor(answer(code))).toBe(meant);
  });

  it('takes what no driver can resume for a lost history, whatever its number', () => {
    expect(codeFor(answer(1, ['NonResumableChangeStreamError']))).toBe('CAPTURE_HISTORY_LOST');
  });

  it('takes a broken connection for nobody, also where the driver lets it through', () => {
    expect(codeFor(new MongoNetworkError('closed'))).toBe('CAPTURE_UNREACHABLE');
    const ended = Object.assign(new Error('ended by the other party'), { code: 'EPIPE' });
    expect(codeFor(ended)).toBe('CAPTURE_UNREACHABLE');
  });

  it('leaves other answers and our own faults as they are', () => {
    const other = answer(2);
    expect(feedFault(other)).toBe(other);
    const ours = fault('CAPTURE_COLLECTION_GONE');
    expect(feedFault(ours)).toBe(ours);
  });

  it('takes the refusal of a token for a lost history, of a stream only', () => {
    for (const code of [9, 14, 15, 40647, 40649, 50811]) {
      const refused = answer(code);
      expect(asFault(forStreams.translate(refused)).code).toBe('CAPTURE_HISTORY_LOST');
      expect(feedFault(refused)).toBe(refused);
    }
    expect(asFault(forStreams.translate(answer(13))).code).toBe('CAPTURE_FORBIDDEN');
  });
});

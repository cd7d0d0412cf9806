import { describe, expect, it } from '@jest/globals';

import type { LeavingText } from '../composition/what-leaves.js';
import { leavingDetails } from './leaving-details.js';

const leaving: LeavingText = {
  ...{ for: 'language model', text: 'questions', host: 'api.groq.com', model: '<b>big</b>' },
  ...{ isOwn: false, keptKinds: ['payment'], standIns: true },
};

describe('what leaves, on a page', () => {
  it('is not there where all is local', () => {
    expect(leavingDetails([]).text).toBe('');
  });

  it('names a server elsewhere, what it never gets, and makes no markup of a setting', () => {
    expect(leavingDetails([leaving]).text.replaceAll(/\s+/g, ' ')).toContain(
      'For the language model, questions go to api.groq.com (&lt;b&gt;big&lt;/b&gt;), without payment, personal values as stand-ins.',
    );
  });

  it('tells strangers no address of one’s own network', () => {
    const own = { ...leaving, host: '10.0.0.7:8080', isOwn: true };
    const { text } = leavingDetails([own]);
    expect(text).toContain('questions go to a server in your own network');
    expect(text).not.toContain('10.0.0.7');
  });
});

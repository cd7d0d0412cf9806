import { describe, expect, it } from '@jest/globals';

import { asksForeignIndex, usesSearchIndex } from './roles.js';

describe('the roles that use the search index', () => {
  it('are the one that writes it and the one that asks it', () => {
    expect(usesSearchIndex(['catalog', 'api'])).toBe(false);
    expect(usesSearchIndex(['catalog', 'vectorizer'])).toBe(true);
    expect(usesSearchIndex(['llm-responder'])).toBe(true);
  });

  it('are apart where one asks what another process writes', () => {
    expect(asksForeignIndex(['llm-responder', 'api'])).toBe(true);
    expect(asksForeignIndex(['llm-responder', 'vectorizer'])).toBe(false);
    expect(asksForeignIndex(['vectorizer'])).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';

import { indexRolesElsewhere, usesSearchIndex } from './roles.js';

describe('the roles that use the search index', () => {
  const built = ['catalog', 'api', 'vectorizer', 'llm-responder'];

  it('are those that index and those that search', () => {
    expect(usesSearchIndex(['catalog', 'api'])).toBe(false);
    expect(usesSearchIndex(['catalog', 'vectorizer'])).toBe(true);
    expect(usesSearchIndex(['llm-responder'])).toBe(true);
  });

  it('are in one process where the index is a file', () => {
    expect(indexRolesElsewhere(['catalog', 'vectorizer'], built)).toEqual(['llm-responder']);
    expect(indexRolesElsewhere(['llm-responder', 'api'], built)).toEqual(['vectorizer']);
    expect(indexRolesElsewhere(built, built)).toEqual([]);
    expect(indexRolesElsewhere(['catalog', 'api'], built)).toEqual([]);
  });
});

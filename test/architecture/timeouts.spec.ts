import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, it } from '@jest/globals';

describe('a time-out that an author thought enough', () => {
  beforeAll(() => delay(100), 1);
  afterAll(() => delay(100), 1);

  it('fails neither a test nor a hook of a slow machine', () => delay(100), 1);
});

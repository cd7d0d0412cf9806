import { describe, expect, it } from '@jest/globals';

import { chosenTerms } from './chosen-terms.js';

const counted = (tokens: Record<string, number>) =>
  Object.entries(tokens).map(([token, passages]) => ({ token, passages }));

describe('the terms that are looked for', () => {
  const most = { all: 200_000, most: 60_000 };

  it('are all of them while they cost little, without those that stand nowhere', () => {
    expect(chosenTerms(counted({ wa: 400, sa: 500, wb: 20_000, wz: 0 }), most)).toBe(
      'wa OR sa OR wb',
    );
    expect(chosenTerms(counted({ wz: 0 }), most)).toBe('');
  });

  it('are not those in more than half of all passages, unless there are no others', () => {
    expect(chosenTerms(counted({ wthe: 190_000, wa: 400 }), most)).toBe('wa');
    expect(chosenTerms(counted({ wthe: 190_000, wand: 150_000 }), most)).toBe('wand');
  });

  it('are, beyond what a question may cost, only the next two where they stand together', () => {
    const terms = { wa: 400, wb: 50_000, sb: 55_000, wc: 60_000, sc: 65_000, sd: 70_000 };
    expect(chosenTerms(counted(terms), most)).toBe('wa OR wb OR (sb AND sc)');
  });

  it('are the rarest one at least', () => {
    expect(chosenTerms(counted({ wa: 90_000, wb: 95_000 }), most)).toBe('wa');
  });
});

import type { Found, SearchHit } from '#libs/knowledge';
import type { SearchAnswer } from '#libs/routes';

import { linkTo } from '../link-to.js';

interface FoundLook {
  readonly publicUrl: string | undefined;
  readonly explain: boolean;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** What was found as it leaves. What the asker may not read has left no trace: no count from before the join is told. */
export const shownFound = (
  { analysis, asked, hits, scope, steps, time }: Found,
  look: FoundLook,
): SearchAnswer => ({
  asked,
  scope: { state: scope.state, ids: [...scope.ids], choices: [...scope.choices] },
  ...(time && { time: { from: iso(time.from), to: iso(time.to), said: time.said } }),
  items: hits.map((hit) => shownHit(hit, look)),
  ...(look.explain && {
    languages: [...analysis.languages],
    steps: steps.map(({ step, ms, left }) =>
      step === 'index' ? { step, ms } : { step, ms, left },
    ),
  }),
});

const shownHit = (
  { because, coverage, passage, score }: SearchHit,
  { explain, publicUrl }: FoundLook,
): SearchAnswer['items'][number] => ({
  record: openedRecord(passage),
  records: [...passage.records],
  title: passage.title,
  text: passage.text,
  language: passage.language,
  ...(passage.from !== undefined && { from: iso(passage.from) }),
  ...(passage.to !== undefined && { to: iso(passage.to) }),
  score,
  coverage,
  link: linkTo(publicUrl, openedRecord(passage)),
  ...(explain && { because: { ...because } }),
});

/** Who opens a talk that is no record itself opens the message it begins with. */
const openedRecord = ({ records, turns, unit }: SearchHit['passage']): string =>
  turns === undefined ? unit : (records[0] ?? unit);

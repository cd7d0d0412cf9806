import type { KindName } from '#libs/catalog';

import { languageFor } from '../texts/answer-texts.js';
import { countTexts } from './count-texts.js';
import { textIn, type CountScope } from './counted.js';
import { spokenMoment } from './local-days.js';

export interface AsOfParts {
  /** When a source last sent something; missing where it never did. */
  readonly lastHeard: (source: string) => Promise<number | undefined>;
}

type AsOfScope = Pick<CountScope, 'language' | 'now' | 'records' | 'timeZone'>;

/** A source that sends nothing for so long may have more than it said. */
const SILENT_MS = 86_400_000;

/** As of when it is so, and which of the sources has not spoken for long. */
export const asOf = async (
  { lastHeard }: AsOfParts,
  scope: AsOfScope,
  kind: KindName,
): Promise<string> => {
  const { now, language, timeZone, records } = scope;
  const texts = countTexts[languageFor([language])];
  const parts = [`${texts.asOf} ${spokenMoment(now, now, { language, timeZone })} (${timeZone})`];
  const { items } = await records.list({ kind, limit: 1 });
  const source = items[0] && textIn(items[0], 'source');
  if (source !== undefined)
    parts.push(`${source}: ${spokenSource(await lastHeard(source), scope)}`);
  return `${parts.join(' · ')}.`;
};

const spokenSource = (heard: number | undefined, scope: AsOfScope): string => {
  const texts = countTexts[languageFor([scope.language])];
  if (heard === undefined) return texts.neverHeard;
  const at = spokenMoment(heard, scope.now, scope);
  return `${scope.now - heard > SILENT_MS ? texts.silent : texts.lastHeard} ${at}`;
};

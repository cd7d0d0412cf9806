import type { Catalog } from '#libs/catalog';

import { detectLanguage } from '../analyse/detect-language.js';
import type { CutParts } from '../passages/cut-passages.js';
import { passagesOf } from '../passages/render-unit.js';
import type { RenderUnit } from './rendered-unit.js';

export interface RenderUnitParts extends Pick<CutParts, 'digest'> {
  readonly reading: Catalog['reading'];
  readonly excludedKinds: ReadonlySet<string>;
  readonly timeZone: string;
}

export const renderUnit = ({
  reading,
  excludedKinds,
  timeZone,
  digest,
}: RenderUnitParts): RenderUnit => {
  const parts = { reading, excludedKinds, setting: { timeZone }, detectLanguage, digest };
  return (unit) => passagesOf(unit, parts);
};

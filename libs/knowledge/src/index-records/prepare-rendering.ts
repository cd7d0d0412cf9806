import type { Catalog } from '#libs/catalog';

import { detectLanguage } from '../analyse/detect-language.js';
import type { CutParts } from '../passages/cut-passages.js';
import { passagesOf } from '../passages/render-unit.js';
import type { PrepareRendering } from './rendered-unit.js';

export interface PrepareRenderingParts extends Pick<CutParts, 'digest'> {
  readonly readingFor: Catalog['readingFor'];
  readonly excludedKinds: ReadonlySet<string>;
  readonly timeZone: string;
}

export const prepareRendering =
  ({ readingFor, excludedKinds, timeZone, digest }: PrepareRenderingParts): PrepareRendering =>
  async (units) => {
    const reading = await readingFor(units.flatMap(({ records }) => records));
    const parts = { reading, excludedKinds, setting: { timeZone }, detectLanguage, digest };
    return (unit) => passagesOf(unit, parts);
  };

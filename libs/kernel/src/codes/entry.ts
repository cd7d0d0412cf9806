import type { FaultKind } from '../kinds.js';

export interface CodeEntry {
  readonly kind: FaultKind;
  /** Safe for outsiders: says what is wrong, holds no value. */
  readonly title: string;
  /** What the operator does next. */
  readonly remedy: string;
  /** Only where HTTP has a more exact status than the kind's. */
  readonly http?: number;
}

export const entry = (
  kind: FaultKind,
  title: string,
  remedy: string,
  http?: number,
): CodeEntry => ({
  kind,
  title,
  remedy,
  ...(http !== undefined && { http }),
});

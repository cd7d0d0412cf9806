import { nonEmpty, objectOf, objectsOf, text } from '#libs/foreign';

import { ownIdOf } from './report.js';

/** Text that says something. */
export const said = (value: unknown): string | undefined => {
  const written = text(value);
  return written?.trim() ? written : undefined;
};

const CLOCK = /^(\d|[01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/;
/** A time of day at the listing's place: `15:00`. */
export const clockTime = (value: unknown): string | undefined => {
  const [, hours, minutes] = typeof value === 'string' ? (CLOCK.exec(value) ?? []) : [];
  return hours === undefined ? undefined : `${hours.padStart(2, '0')}:${minutes}`;
};

/** Fields of the customer's own, in any type. */
export const customFieldsOf = (value: unknown): { id: string; value: string }[] | undefined =>
  nonEmpty(
    objectsOf(value).flatMap((field) => {
      const id = ownIdOf(objectOf(field.fieldId)?._id ?? field.fieldId);
      const of = said(plainText(field.value));
      return id === undefined || of === undefined ? [] : [{ id, value: of }];
    }),
  );

const plainText = (value: unknown): unknown =>
  typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
    ? String(value)
    : value;

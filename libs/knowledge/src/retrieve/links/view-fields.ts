import type { JsonObject } from '#libs/kernel';

/** Texts, objects and lists of a record as it is shown; nothing where it has none. */
export const textOf = (view: JsonObject | undefined, field: string): string | undefined => {
  const value = view?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const objectOf = (view: JsonObject | undefined, field: string): JsonObject | undefined => {
  const value = view?.[field];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
};

export const listOf = (view: JsonObject | undefined, field: string): readonly unknown[] => {
  const value = view?.[field];
  return Array.isArray(value) ? value : [];
};

/** Every number in E.164 that a record is reached by, or came from. */
export const phonesOf = (view: JsonObject): readonly string[] => {
  const listed = listOf(view, 'phones').map((one) => textOf(one as JsonObject, 'e164'));
  const own = [textOf(view, 'phone'), textOf(objectOf(view, 'guest'), 'phone')];
  return [...listed, ...own].filter((phone): phone is string => phone?.startsWith('+') === true);
};

export const mailsOf = (view: JsonObject): readonly string[] => {
  const listed = listOf(view, 'mails').map((one) =>
    typeof one === 'string' ? one : textOf(one as JsonObject, 'value'),
  );
  const own = [textOf(view, 'guestMail'), textOf(objectOf(view, 'guest'), 'mail')];
  return [...listed, ...own].flatMap((mail) => mail?.toLowerCase() ?? []);
};

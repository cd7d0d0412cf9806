import { z } from 'zod';

/** `<provider>.<account>.<the provider's id>`: the name of a thing everywhere, never personal. */
export const entityId = z.string();

/** Milliseconds since 1970, UTC. */
export const instant = z.int();

/** A day on the calendar of a place, `2026-09-14`: no instant, so no time zone moves it. */
export const localDate = z.string().regex(/^\d{4}-\d\d-\d\d$/);

/** Why a document of a followed database is gone: see `GoneReason`. */
/** Which life of a followed document: another begins where it comes back after it was taken away. */
export const lifeOfDocument = z.int();

export const goneReason = z.enum(['emptied', 'hidden', 'missing', 'removed', 'unfollowed']);

/** In the smallest unit of its currency (ISO 4217): whole, so that sums stay right. */
export const money = z.strictObject({ amount: z.int(), currency: z.string() });

/** What every observation says about itself, so that newer wins and a better normaliser wins. */
export const observed = {
  /** The provider's name of what happened. */
  event: z.string(),
  /** Which of a normaliser's versions read the delivery. */
  normaliser: z.int(),
  /** Decides between events of one source second: the later one in the life of a thing is higher. */
  rank: z.int(),
};

/** An outside person as the provider's address book knows them. */
export const contactData = z.strictObject({
  createdAt: instant.optional(),
  id: entityId,
  shared: z.boolean().optional(),
  updatedAt: instant.optional(),
});

const mail = z.strictObject({ label: z.string().optional(), value: z.string() });

/** `e164` where the number can be read, else `raw` as the provider has it. */
export const phone = z.strictObject({
  e164: z.string().optional(),
  label: z.string().optional(),
  raw: z.string().optional(),
});

export const contactPersonal = z.strictObject({
  company: z.string().optional(),
  firstName: z.string().optional(),
  information: z.string().optional(),
  lastName: z.string().optional(),
  mails: z.array(mail).optional(),
  phones: z.array(phone).optional(),
});

/** Somebody of the company, as the provider's user. */
export const colleagueData = z.strictObject({
  availability: z.string().optional(),
  available: z.boolean().optional(),
  createdAt: instant.optional(),
  defaultLine: entityId.optional(),
  id: entityId,
  language: z.string().optional(),
  lines: z.array(entityId).optional(),
  state: z.string().optional(),
  substatus: z.string().optional(),
  timeZone: z.string().optional(),
  wrapUpSeconds: z.int().optional(),
});

export const colleaguePersonal = z.strictObject({
  extension: z.string().optional(),
  id: entityId,
  mail: z.string().optional(),
  name: z.string().optional(),
});

/** A line of the company: the number guests call. */
export const lineData = z.strictObject({
  availability: z.string().optional(),
  country: z.string().optional(),
  createdAt: instant.optional(),
  hasMenu: z.boolean().optional(),
  id: entityId,
  open: z.boolean().optional(),
  priority: z.int().optional(),
  recordsCalls: z.boolean().optional(),
  timeZone: z.string().optional(),
});

export const linePersonal = z.strictObject({
  name: z.string().optional(),
  phone: z.string().optional(),
  phoneRaw: z.string().optional(),
});

export type MoneyData = z.infer<typeof money>;
export type ContactData = z.infer<typeof contactData>;
export type ContactPersonal = z.infer<typeof contactPersonal>;
export type ColleagueData = z.infer<typeof colleagueData>;
export type ColleaguePersonal = z.infer<typeof colleaguePersonal>;
export type LineData = z.infer<typeof lineData>;
export type LinePersonal = z.infer<typeof linePersonal>;

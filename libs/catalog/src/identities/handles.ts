/** By what somebody is reached, in one form: `tel:+447700900123`, `mailto:maya@example.com`. */
export type Handle = string;

const E164 = /^\+[1-9]\d{6,14}$/;

/** Nothing for what is no full number: short codes, raw digits, withheld. */
export const phoneHandle = (e164: string): Handle | undefined =>
  E164.test(e164) ? `tel:${e164}` : undefined;

/** Nothing for an address that stands for no one person. */
export const mailHandle = (mail: string): Handle | undefined => {
  const [, local, domain] = MAIL.exec(mail.trim().toLowerCase()) ?? [];
  if (local === undefined || domain === undefined) return undefined;
  if (isRelay(domain) || ROLES.test(local)) return undefined;
  return `mailto:${mailboxOf(local, domain)}@${SAME_DOMAIN[domain] ?? domain}`;
};

const MAIL = /^([^\s@]{1,64})@([a-z0-9.-]{3,255})$/;

/** One mailbox however it is written: what follows a plus is the owner's, and Google ignores dots. */
const mailboxOf = (local: string, domain: string): string => {
  const [plain = local] = local.split('+');
  return DOTLESS.has(SAME_DOMAIN[domain] ?? domain) ? plain.replaceAll('.', '') : plain;
};

const SAME_DOMAIN: Readonly<Record<string, string>> = { 'googlemail.com': 'gmail.com' };
const DOTLESS: ReadonlySet<string> = new Set(['gmail.com']);

/** A portal's stand-in for a guest's address: it changes with the booking, and may be used again. */
const RELAYS = [
  'airbnb.com',
  'booking.com',
  'expediapartnercentral.com',
  'homeaway.com',
  'vrbo.com',
  'agoda-messaging.com',
  'tripadvisor.com',
  'hostelworld.com',
  'guesty.com',
  'privaterelay.appleid.com',
] as const;

const isRelay = (domain: string): boolean =>
  RELAYS.some((relay) => domain === relay || domain.endsWith(`.${relay}`));

/** The colleague on duty reads these. */
const ROLES =
  /^(?:no-?_?reply|do-?not-?reply|info|hello|contact|kontakt|contacto|office|admin|administration|reception|rezeption|front-?desk|bookings?|reservations?|reservierung|reservas|sales|support|help|team|accounts?|accounting|billing|invoices?|rechnung|travel|events?|mail|post|guest|guests|postmaster|webmaster|hotel|service)$/;

import { plainText } from './plain-text.js';
import type { RecordSection, SectionSetting } from './record-section.js';
import type { ReservationValues } from './reservation-values.js';
import { lifeIn } from './reservation-view.js';
import {
  after,
  counted,
  countedIfAny,
  inBrackets,
  labelled,
  listed,
  moneyIn,
  plainWord,
  prose,
  sectionsIn,
  words,
} from './section-text.js';
import { instantOf, knownZone, spokenDate, spokenTime } from './section-times.js';

interface StayTimes {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** Facts as sentences. All but how it came about is asked for by the time of the stay. */
export const sectionsOfReservation = (
  values: ReservationValues,
  setting: SectionSetting,
): readonly RecordSection[] => {
  const zone = knownZone(values.timeZone, setting.timeZone);
  const stay = stayTimesIn(values, zone);
  const { customFields = [], notes = {} } = values;
  return sectionsIn([
    { path: 'stay', heading: 'Stay', text: stayIn(values), ...stay },
    { path: 'guest', heading: 'Guest', text: guestIn(values), ...stay },
    { path: 'booking', heading: 'Booking', ...bookingIn(values, zone) },
    { path: 'cancellation', heading: 'Cancellation', ...cancellationIn(values, zone) },
    { path: 'money', heading: 'Money', text: moneyOf(values), ...stay },
    ...noteNames.map(([name, heading]) => ({
      path: `notes/${name}`,
      heading,
      text: name === 'keyCode' ? labelled('Key code', notes[name]) : notes[name],
      ...stay,
    })),
    ...customFields.map(({ id, value }) => ({
      path: `custom/${id}`,
      heading: 'Custom field',
      text: plainText(value),
      ...stay,
    })),
  ]);
};

const noteNames = [
  ['guest', 'Note of the guest'],
  ['specialRequests', 'Special requests'],
  ['keyCode', 'Key code'],
  ['cleaning', 'Note for cleaning'],
  ['other', 'Note'],
] as const;

const stayTimesIn = (values: ReservationValues, zone: string): StayTimes => ({
  from: values.checkInAt ?? instantOf(values.checkInDate, values.plannedArrival, zone),
  to: values.checkOutAt ?? instantOf(values.checkOutDate, values.plannedDeparture, zone),
});

const homeIn = ({ listingNickname, listingTitle }: ReservationValues): string | undefined =>
  words(
    listingTitle ?? listingNickname,
    inBrackets(
      listingTitle === listingNickname || listingTitle === undefined ? undefined : listingNickname,
    ),
  );

const stayIn = (values: ReservationValues): string | undefined =>
  prose(
    words(
      values.status === 'inquiry' ? 'Inquiry' : 'Reservation',
      values.confirmationCode,
      after('of', values.guestName),
      after('at', homeIn(values)),
    ),
    datesIn(values),
    labelled('Planned arrival', values.plannedArrival),
    labelled('Planned departure', values.plannedDeparture),
    guestsIn(values),
    labelled('Status', plainWord(values.status)),
    labelled('The guest', plainWord(values.stayStatus)),
    words(after('Booked over', plainWord(values.channel)), inBrackets(viaIn(values))),
  );

const viaIn = ({ bookedVia, channel }: ReservationValues): string | undefined =>
  bookedVia === channel ? undefined : bookedVia;

const datesIn = ({ checkInDate, checkOutDate, nights }: ReservationValues): string | undefined => {
  const dates = listed([
    after('arrival on', spokenDate(checkInDate)),
    after('departure on', spokenDate(checkOutDate)),
  ]);
  return listed([counted(nights, 'night', 'nights'), dates]);
};

const guestsIn = ({ guests }: ReservationValues): string | undefined => {
  if (!guests) return undefined;
  const sorts = listed([
    countedIfAny(guests.adults, 'adult', 'adults'),
    countedIfAny(guests.children, 'child', 'children'),
    countedIfAny(guests.infants, 'infant', 'infants'),
    countedIfAny(guests.pets, 'pet', 'pets'),
  ]);
  return words(counted(guests.total, 'guest', 'guests'), inBrackets(sorts));
};

/** That there is a guest, the stay says already. */
const guestIn = (values: ReservationValues): string | undefined => {
  const more = prose(
    labelled('Phone', values.guestPhone),
    labelled('Mail', values.guestMail),
    values.returningGuest === true ? 'The guest was here before' : undefined,
  );
  return more && prose(labelled('Guest', values.guestName), more);
};

const bookingIn = (
  values: ReservationValues,
  zone: string,
): StayTimes & { readonly text: string | undefined } => {
  const { alteredAt, confirmedAt, createdAt, reservedAt, reservedUntil } = values;
  const happened = [createdAt, reservedAt, confirmedAt, alteredAt].filter((at) => at !== undefined);
  return {
    text: prose(
      after('The booking was made on', spokenTime(createdAt, zone)),
      after('It was reserved on', spokenTime(reservedAt, zone)),
      after('It is held until', spokenTime(reservedUntil, zone)),
      after('It was confirmed on', spokenTime(confirmedAt, zone)),
      after('It was altered on', spokenTime(alteredAt, zone)),
    ),
    ...(happened.length > 0 && { from: Math.min(...happened), to: Math.max(...happened) }),
  };
};

const cancellationIn = (
  values: ReservationValues,
  zone: string,
): StayTimes & { readonly text: string | undefined } => {
  if (values.status !== 'canceled') return { text: undefined };
  const { canceledAt, canceledBy, cancellationReason } = lifeIn(values);
  return {
    text: prose(
      words(
        'The reservation was canceled',
        after('on', canceledAt === undefined ? undefined : spokenTime(values.canceledAt, zone)),
        after('by', canceledBy),
      ),
      labelled('Reason', plainWord(cancellationReason)),
    ),
    from: values.canceledAt,
  };
};

/** Not its payments: each is a record of its own, which fewer people may read. */
const moneyOf = ({ money }: ReservationValues): string | undefined => {
  if (!money) return undefined;
  const { currency, items = [] } = money;
  const amount = (label: string, value: number | undefined): string | undefined =>
    labelled(label, moneyIn(value, currency));
  return prose(
    amount('Subtotal', money.subtotal),
    amount('Accommodation', money.accommodation),
    amount('Cleaning fee', money.cleaning),
    amount('Taxes', money.taxes),
    amount('Paid', money.paid),
    amount('Balance due', money.balanceDue),
    money.fullyPaid === true ? 'It is fully paid' : undefined,
    money.refunded ? amount('Refunded', money.refunded) : undefined,
    amount('Host payout', money.hostPayout),
    amount('Commission', money.commission),
    ...items.map(({ amount: value, title, type }) =>
      amount(title ?? plainWord(type) ?? 'Item', value),
    ),
  );
};

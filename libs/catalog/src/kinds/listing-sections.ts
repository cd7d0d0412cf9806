import { pointed } from '#libs/kernel';

import type { ListingValues } from './listing-values.js';
import { plainText } from './plain-text.js';
import type { RecordSection, SectionSetting } from './record-section.js';
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
import { knownZone, spokenTime } from './section-times.js';

/** What a home's provider says of it. Codes mostly stand in its custom fields, or in notes. */
export const sectionsOfListing = (
  values: ListingValues,
  setting: SectionSetting,
): readonly RecordSection[] =>
  sectionsIn([
    { path: 'about', heading: 'About', text: aboutIn(values) },
    { path: 'address', heading: 'Address', text: addressIn(values) },
    ...describedIn(values),
    { path: 'amenities', heading: 'Amenities', text: amenitiesIn(values) },
    { path: 'times', heading: 'Check-in and check-out', text: timesIn(values) },
    { path: 'terms', heading: 'Terms of booking', text: termsIn(values) },
    { path: 'prices', heading: 'Prices', text: pricesIn(values) },
    { path: 'cleaning', heading: 'Cleaning', ...cleaningIn(values, setting) },
    ...(values.customFields ?? []).map(({ id, value }) => ({
      path: `custom/${id}`,
      heading: 'Custom field',
      text: plainText(value),
    })),
  ]);

const headings: Readonly<Record<keyof NonNullable<ListingValues['descriptions']>, string>> = {
  summary: 'Summary',
  space: 'The space',
  access: 'Access',
  houseRules: 'House rules',
  notes: 'Good to know',
  neighbourhood: 'Neighbourhood',
  transit: 'Getting there and around',
  hosting: 'Your host',
};

const describedIn = ({ descriptions = {} }: ListingValues) =>
  (Object.keys(headings) as (keyof typeof headings)[]).map((about) => ({
    path: `described/${about}`,
    heading: headings[about],
    text: plainText(descriptions[about] ?? ''),
  }));

const amenitiesIn = ({ amenities }: ListingValues): string | undefined =>
  prose(after('It has', listed(amenities?.map((amenity) => plainWord(amenity.toLowerCase())))));

const titleIn = ({ nickname, title }: ListingValues): string | undefined =>
  words(title, inBrackets(title === nickname ? undefined : nickname));

const aboutIn = (values: ListingValues): string | undefined => {
  const {
    active,
    bathroomTenths,
    bedrooms,
    beds,
    channels,
    guestsAtMost,
    listed: offered,
  } = values;
  const sort = listed([values.propertyType, values.roomType]);
  return prose(
    words(titleIn(values), after('is', sort && `${sort.toLowerCase()}`)),
    listed([
      countedIfAny(bedrooms, 'bedroom', 'bedrooms'),
      countedIfAny(beds, 'bed', 'beds'),
      bathroomTenths ? bathroomsOf(bathroomTenths) : undefined,
    ]),
    after('It takes at most', counted(guestsAtMost, 'guest', 'guests')),
    after('It is offered on', listed(channels)),
    offered === false ? 'It is not listed' : undefined,
    active === false ? 'It is not active' : undefined,
    labelled('Tags', listed(values.tags)),
  );
};

const bathroomsOf = (tenths: number): string =>
  `${pointed(tenths, 1).replace(/\.0$/u, '')} ${tenths === 10 ? 'bathroom' : 'bathrooms'}`;

const addressIn = (values: ListingValues): string | undefined => {
  const { city, country, full, state, street, zipCode } = values.address ?? {};
  const spelt = listed([street, words(zipCode, city), state, country]);
  if (full === undefined && spelt === undefined) return undefined;
  return prose(
    labelled('Address', full ?? spelt),
    // What the full one leaves out is asked for as well.
    full === undefined ? undefined : labelled('City', listed([city, state, country])),
  );
};

const timesIn = ({ checkInTime, checkOutTime }: ListingValues): string | undefined =>
  prose(after('Check-in is from', checkInTime), after('Check-out is until', checkOutTime));

const termsIn = (values: ListingValues): string | undefined =>
  prose(
    after('The shortest stay is', counted(values.minNights, 'night', 'nights')),
    after('The longest stay is', counted(values.maxNights, 'night', 'nights')),
    labelled('Cancellation policy', plainWord(values.cancellationPolicy)),
  );

const pricesIn = ({ prices }: ListingValues): string | undefined => {
  if (!prices) return undefined;
  const { currency, guestsIncluded, monthlyFactor, weeklyFactor } = prices;
  const money = (label: string, amount: number | undefined): string | undefined =>
    labelled(label, moneyIn(amount, currency));
  return prose(
    money('Price a night', prices.base),
    money('Price a night at weekends', prices.weekend),
    money('Cleaning fee', prices.cleaning),
    money('Price for each extra guest', prices.extraPerson),
    after('The price includes', counted(guestsIncluded, 'guest', 'guests')),
    money('Security deposit', prices.securityDeposit),
    labelled('Share of the price for a week', percentOf(weeklyFactor)),
    labelled('Share of the price for a month', percentOf(monthlyFactor)),
  );
};

/** Of ten thousandths. */
const percentOf = (factor: number | undefined): string | undefined =>
  factor === undefined ? undefined : `${pointed(factor, 2).replace(/\.?0+$/u, '')} %`;

const cleaningIn = (
  { cleaning, timeZone }: ListingValues,
  setting: SectionSetting,
): { readonly text: string | undefined; readonly from?: number | undefined } => {
  const at = spokenTime(cleaning?.at, knownZone(timeZone, setting.timeZone));
  return {
    text:
      cleaning?.status === undefined
        ? undefined
        : prose(words('It is', plainWord(cleaning.status), after('since', at))),
    from: cleaning?.at,
  };
};

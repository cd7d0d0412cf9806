import { countBalances } from './balances.js';
import { countCalls, countMissedCalls, countRepeatCallers } from './calls.js';
import type { CountTopic } from './count-words.js';
import type { CountTopicReader } from './counted.js';
import { countFreeHomes } from './homes.js';
import { averageRating } from './ratings.js';
import {
  countArrivals,
  countDepartures,
  countInHouse,
  countNewBookings,
  countNights,
  countStays,
} from './stays.js';
import { countTasks } from './tasks.js';

/** How each topic is read from records. */
export const countTopics: Readonly<Record<CountTopic, CountTopicReader>> = {
  arrivals: countArrivals,
  departures: countDepartures,
  in_house: countInHouse,
  free_homes: countFreeHomes,
  repeat_callers: countRepeatCallers,
  missed_calls: countMissedCalls,
  calls: countCalls,
  balances: countBalances,
  tasks: countTasks,
  new_bookings: countNewBookings,
  stays: countStays,
  nights: countNights,
  rating: averageRating,
};

/** Without a day these are not about today, but about all that is open, or to come, or of a year. */
export const timeless: ReadonlySet<CountTopic> = new Set<CountTopic>([
  'balances',
  'rating',
  'stays',
  'tasks',
]);

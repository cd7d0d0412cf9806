import { Chance } from './chance.js';
import type { DemoDelivery } from './demo-delivery.js';
import type { FactKey, HomeStory } from './demo-home.js';
import { arrivalOf, departureOf, storyOf, type DemoStay } from './demo-stays.js';
import type { TopicKey } from './demo-talk.js';
import { momentAt, type DemoTime } from './demo-time.js';
import { factExchange, topicExchange, type WrittenExchange } from './demo-writing.js';
import { postDelivery, type DemoPost } from './guesty-payloads.js';

type Subject =
  { readonly fact: FactKey } | { readonly topic: TopicKey } | { readonly story: HomeStory };

const fact = (key: FactKey): Subject => ({ fact: key });
const topic = (key: TopicKey): Subject => ({ topic: key });

const before: readonly Subject[] = [
  ...(['access', 'parking', 'transport', 'rules', 'quirks'] as const).map(fact),
  ...(
    ['late', 'early', 'cot', 'extraGuest', 'dates', 'payment', 'surprise', 'towels'] as const
  ).map(topic),
];
const during: readonly Subject[] = [
  ...(['wifi', 'heating', 'waste', 'kitchen', 'laundry', 'power', 'area'] as const).map(fact),
  ...(
    [
      'broken',
      'noise',
      'cold',
      'slowWifi',
      'insects',
      'keyStuck',
      'dirty',
      'arrived',
      'taxi',
    ] as const
  ).map(topic),
  fact('checkout'),
  topic('lateOut'),
  topic('luggage'),
];
const after: readonly Subject[] = (['lost', 'deposit', 'invoice'] as const).map(topic);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Everything that was written about one stay until now, oldest first. */
export const conversationDeliveries = (
  stay: DemoStay,
  time: DemoTime,
  bookedAt: number,
): readonly DemoDelivery[] => {
  const posts = postsOf(stay, time, bookedAt).filter(({ at }) => at <= time.now);
  const [first] = posts;
  return first ? posts.map((post) => postDelivery(stay, time, post, first.at)) : [];
};

const postsOf = (stay: DemoStay, time: DemoTime, bookedAt: number): readonly DemoPost[] => {
  const chance = new Chance(`talk ${stay.n}`);
  const { home } = stay;
  const arrival = momentAt(arrivalOf(stay, time.today), home.checkIn, home.timeZone);
  const departure = momentAt(departureOf(stay, time.today), home.checkOut, home.timeZone);
  const posts: DemoPost[] = [];
  const add = (subject: Subject, at: number): void => {
    let when = at;
    for (const { by, text } of linesOf(stay, subject, at)) {
      posts.push({ n: stay.n * 100 + posts.length, by, text, at: when });
      when += chance.whole(4, 90) * 60_000;
    }
  };
  const spread = (subjects: readonly Subject[], from: number, to: number): void =>
    subjects.forEach((subject, i) => {
      const step = (to - from) / subjects.length;
      add(subject, Math.floor(from + step * (i + 0.1 + chance.next() * 0.6)));
    });
  const latest = Math.min(arrival - 3 * HOUR_MS, time.now - HOUR_MS);
  if (stay.status === 'canceled') {
    spread([...chance.some(before, 1), topic('cancel')], bookedAt, latest);
    return posts;
  }
  spread(chance.some(before, chance.happens(0.25) ? 2 : 1), bookedAt + HOUR_MS, latest);
  if (stay.status === 'inquiry') return posts;
  const story = storyOf(home, stay.n);
  spread(
    [...chance.some(during, chance.happens(0.2) ? 2 : 1), ...(story ? [{ story }] : [])],
    arrival + 2 * HOUR_MS,
    departure - 2 * HOUR_MS,
  );
  if (chance.happens(0.22))
    spread(chance.some(after, 1), departure + 4 * HOUR_MS, departure + 4 * DAY_MS);
  return posts;
};

const linesOf = (
  stay: DemoStay,
  subject: Subject,
  at: number,
): readonly { readonly by: 'guest' | 'host'; readonly text: string }[] => {
  if ('story' in subject) return subject.story.lines;
  const said: WrittenExchange =
    'fact' in subject
      ? factExchange(stay, subject.fact, at)
      : topicExchange(stay, subject.topic, at);
  return [
    { by: 'guest', text: said.ask },
    { by: 'host', text: said.answer },
    ...(said.thanks === undefined ? [] : [{ by: 'guest' as const, text: said.thanks }]),
  ];
};

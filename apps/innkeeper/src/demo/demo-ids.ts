const kinds = {
  listing: 1,
  guest: 2,
  reservation: 3,
  conversation: 4,
  post: 5,
  task: 6,
  payment: 7,
  review: 8,
  reply: 9,
} as const;

/** 24 hexadecimal digits, as Guesty makes them. They say no date, so a question can name a record on any day. */
export const demoId = (kind: keyof typeof kinds, n: number): string =>
  `65a1b2c3${String(kinds[kind]).padStart(4, '0')}${String(n).padStart(12, '0')}`;

export const callId = (n: number): number => 5_200_000_000 + n;

import type { Fact } from '#libs/contracts';

/**
 * Where an observation stands among all others of its thing. The provider's own time decides, then the event's place
 * within one second, then the better normaliser. Last comes the fact's id, which is a hash of its content. Text that
 * sorts as it should, so that states need no parsing to compare.
 */
export type OrderKey = string;

export const orderKey = (
  time: number,
  rank: number,
  normaliser: number,
  { id }: Pick<Fact, 'id'>,
): OrderKey => `${digits(time, 15)}.${digits(rank, 3)}.${digits(normaliser, 3)}.${id}`;

export const timeOfKey = (key: OrderKey): number => Number(key.slice(0, 15));

const digits = (number: number, width: number): string =>
  String(Math.max(0, number)).padStart(width, '0');

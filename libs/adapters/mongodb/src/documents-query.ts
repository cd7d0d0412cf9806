import type { Filter, Sort } from 'mongodb';

import type { Plan } from '#libs/ports/documents';

import { visible, type MongoDocument } from './documents-stored.js';

type Condition = Filter<MongoDocument>;

export const fieldPath = (field: string): string => `f.${field}`;

/** A checked query in MongoDB's words. Ties go by id, in the direction of the order. */
export const filterOf = (plan: Plan, now: number): Condition => {
  const order = plan.order === undefined ? '_id' : fieldPath(plan.order);
  const conditions: Condition[] = [visible(now)];
  for (const [field, value] of plan.where) conditions.push({ [fieldPath(field)]: value });
  if (plan.from !== undefined) conditions.push({ [order]: { $gte: plan.from } });
  const seek = seekOf(plan, order);
  if (seek) conditions.push(seek);
  return { $and: conditions };
};

export const sortOf = ({ order, descending }: Plan): Sort => {
  const way = descending ? -1 : 1;
  return order === undefined ? { _id: way } : { [fieldPath(order)]: way, _id: way };
};

/** Behind the last place. A missing field sorts before every value and compares with none. */
const seekOf = ({ after, descending }: Plan, order: string): Condition | undefined => {
  if (!after) return undefined;
  const beyond = descending ? '$lt' : '$gt';
  const laterId = { _id: { [beyond]: after.id } };
  if (order === '_id') return laterId;
  const tie = { [order]: after.value, ...laterId };
  if (after.value === null) return descending ? tie : { $or: [tie, { [order]: { $ne: null } }] };
  const further = { [order]: { [beyond]: after.value } };
  return { $or: [further, tie, ...(descending ? [{ [order]: null }] : [])] };
};

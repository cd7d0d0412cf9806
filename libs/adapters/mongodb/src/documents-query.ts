import type { Filter, Sort } from 'mongodb';

import type { QueryPlan, QueryRange } from '#libs/ports/documents';

import { visible, type MongoDocument } from './documents-stored.js';

type Condition = Filter<MongoDocument>;

export const fieldPath = (field: string): string => `f.${field}`;

/** One stretch of a checked query in MongoDB's words. Ties go by id, in the direction of the order. */
export const filterOf = (plan: QueryPlan, stretch: QueryRange, now: number): Condition => {
  const order = plan.order === undefined ? '_id' : fieldPath(plan.order);
  const conditions: Condition[] = [visible(now)];
  for (const [field, value] of plan.where) conditions.push({ [fieldPath(field)]: value });
  if (plan.from !== undefined) conditions.push({ [order]: { $gte: plan.from } });
  else if (stretch.of === 'having') conditions.push({ [order]: { $ne: null } });
  if (stretch.of === 'lacking') conditions.push({ [order]: null });
  conditions.push(...seekOf(plan, stretch, order));
  return { $and: conditions };
};

export const sortOf = ({ order, descending }: QueryPlan): Sort => {
  const way = descending ? -1 : 1;
  return order === undefined ? { _id: way } : { [fieldPath(order)]: way, _id: way };
};

/** Behind the place. The plain bound says nothing new, but it is what the server can begin a scan at. */
const seekOf = ({ descending }: QueryPlan, { behind }: QueryRange, order: string): Condition[] => {
  if (!behind) return [];
  const beyond = descending ? '$lt' : '$gt';
  const laterId = { _id: { [beyond]: behind.id } };
  if (behind.value === null) return [laterId];
  const further = { [order]: { [beyond]: behind.value } };
  return [
    { [order]: { [`${beyond}e`]: behind.value } },
    { $or: [further, { [order]: behind.value, ...laterId }] },
  ];
};

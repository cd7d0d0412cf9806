import type { Plan } from '#libs/ports/documents';

import { column, visible, type Table, type Value } from './documents-table.js';

export interface Select {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** A checked query as one statement. Ties go by id, in the direction of the order. */
export const selectOf = (table: Table, plan: Plan, now: number): Select => {
  const conditions = [visible];
  const values: Value[] = [now];
  const add = (condition: string, ...given: Value[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  const order = plan.order === undefined ? 'id' : column(plan.order);
  for (const [field, value] of plan.where) add(`${column(field)} = ?`, value);
  if (plan.from !== undefined) add(`${order} >= ?`, plan.from);
  seek(plan, order, add);
  const way = plan.descending ? 'DESC' : 'ASC';
  const by = order === 'id' ? `id ${way}` : `${order} ${way}, id ${way}`;
  return {
    sql: `SELECT ${table.columns} FROM ${table.name} WHERE ${conditions.join(' AND ')}
      ORDER BY ${by} LIMIT ?`,
    // One more than asked for says whether there is a next page.
    values: [...values, plan.limit + 1],
  };
};

type Add = (condition: string, ...values: Value[]) => void;

/** Behind the last place. NULL sorts before every value and compares with none, so it has cases. */
const seek = ({ after, descending }: Plan, order: string, add: Add): void => {
  if (!after) return;
  const beyond = descending ? '<' : '>';
  if (order === 'id') return add(`id ${beyond} ?`, after.id);
  if (after.value !== null && !descending)
    return add(`(${order}, id) > (?, ?)`, after.value, after.id);
  if (after.value !== null)
    return add(`((${order}, id) < (?, ?) OR ${order} IS NULL)`, after.value, after.id);
  const rest = descending ? '' : ` OR ${order} IS NOT NULL`;
  add(`((${order} IS NULL AND id ${beyond} ?)${rest})`, after.id);
};

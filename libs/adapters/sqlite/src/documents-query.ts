import type { QueryPlan, QueryRange } from '#libs/ports/documents';

import { column, visible, type Table, type Value } from './documents-table.js';

export interface Select {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** One stretch of a checked query as one statement. Ties go by id, in the direction of the order. */
export const selectOf = (
  table: Table,
  plan: QueryPlan,
  stretch: QueryRange,
  now: number,
): Select => {
  const conditions = [visible];
  const values: Value[] = [now];
  const add = (condition: string, ...given: Value[]) => {
    conditions.push(condition);
    values.push(...given);
  };
  const order = plan.order === undefined ? 'id' : column(plan.order);
  for (const [field, value] of plan.where) add(`${column(field)} = ?`, value);
  bound(plan, stretch, order, add);
  seek(plan, stretch, order, add);
  const way = plan.descending ? 'DESC' : 'ASC';
  const by = order === 'id' ? `id ${way}` : `${order} ${way}, id ${way}`;
  return {
    sql: `SELECT ${plan.bytes ? table.columns : table.columnsWithoutBytes} FROM ${table.name} WHERE ${conditions.join(' AND ')}
      ORDER BY ${by} LIMIT ?`,
    values,
  };
};

type Add = (condition: string, ...values: Value[]) => void;

/** A second lower bound beside that of the place would hide the better one from SQLite. */
const bound = (
  { from, descending }: QueryPlan,
  { of, behind }: QueryRange,
  order: string,
  add: Add,
) => {
  const isBelowPlace = behind && !descending;
  if (from !== undefined && !isBelowPlace) add(`${order} >= ?`, from);
  else if (of === 'having' && !behind) add(`${order} IS NOT NULL`);
  else if (of === 'lacking') add(`${order} IS NULL`);
};

const seek = ({ descending }: QueryPlan, { behind }: QueryRange, order: string, add: Add): void => {
  if (!behind) return;
  const beyond = descending ? '<' : '>';
  if (behind.value === null) add(`id ${beyond} ?`, behind.id);
  else add(`(${order}, id) ${beyond} (?, ?)`, behind.value, behind.id);
};

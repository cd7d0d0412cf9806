import type { CollectionReference, Query } from '@google-cloud/firestore';

import type { QueryPlan } from '#libs/ports/documents';

import { fieldPath, isVisible, WITHOUT_BYTES, type FirestoreDocument } from './documents-stored.js';

/** A checked query in Firestore's words. Ties go by id, in the direction of the order. */
const queryOf = (reference: CollectionReference, plan: QueryPlan): Query => {
  const way = plan.descending ? 'desc' : 'asc';
  const order = plan.order === undefined ? 'id' : fieldPath(plan.order);
  let query: Query = reference.where('gone', '==', false);
  for (const [field, value] of plan.where) query = query.where(fieldPath(field), '==', value);
  if (plan.from !== undefined) query = query.where(order, '>=', plan.from);
  query = query.orderBy(order, way);
  if (!plan.bytes) query = query.select(...WITHOUT_BYTES);
  return plan.order === undefined ? query : query.orderBy('id', way);
};

/**
 * Up to one more than asked for. What has expired is dropped here. A second range, over the expiry, would need an
 * index of its own for every order, and Firestore removes expired documents within a day.
 */
export const visibleOf = async (
  reference: CollectionReference,
  plan: QueryPlan,
  now: number,
): Promise<FirestoreDocument[]> => {
  const wanted = plan.limit + 1;
  const query = queryOf(reference, plan).limit(wanted);
  const place = (value: unknown, id: string) =>
    plan.order === undefined ? [id] : [value ?? null, id];
  let after = plan.after && place(plan.after.value, plan.after.id);
  const items: FirestoreDocument[] = [];
  for (;;) {
    const { docs } = await (after ? query.startAfter(...after) : query).get();
    const found = docs.map((snapshot) => snapshot.data() as FirestoreDocument);
    items.push(...found.filter((stored) => isVisible(stored, now)));
    const last = found.at(-1);
    if (!last || found.length < wanted || items.length >= wanted) return items.slice(0, wanted);
    after = place(plan.order === undefined ? undefined : last.fields[plan.order], last.id);
  }
};

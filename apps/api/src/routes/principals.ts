import { staff, type Principals } from '#libs/catalog';
import type { Operator } from '#libs/platform';

/** As whom an operator reads records: every operator is one of the staff, whatever else they may do. */
export const principalsOf = (_operator: Operator): Principals => staff;

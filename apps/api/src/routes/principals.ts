import { staff, type Principals } from '#libs/catalog';
import type { Operator } from '#libs/platform';

/** As whom an operator reads records: every operator is one of the staff, with any operator role. */
export const principalsOf = (_operator: Operator): Principals => staff;

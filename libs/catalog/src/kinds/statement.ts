import type { Fact, FactData, FactDefinition, FactPersonal } from '#libs/contracts';

import { orderKey } from '../merge/order-key.js';
import type { FoldRules, StateChange } from '../merge/record-state.js';
import type { FieldsOf, ProgressOf, ValueDescriptors } from './values.js';

/** A fact to those who say what it says of a record. */
export interface OpenFact<Data, Personal> {
  readonly fact: Fact;
  readonly data: Data;
  /** Empty where there never was one, or where its key has been destroyed. */
  readonly personal: Partial<Personal>;
}

/** What one fact says of one record of a kind. */
export interface RecordStatement<V extends ValueDescriptors> {
  /** With the record's id; what is `undefined` is not said. */
  readonly fields: FieldsOf<V>;
  /** `stage`: how far the thing has come. The furthest stage counts, then the newest fact. */
  readonly progress?: { readonly stage: number; readonly fields: ProgressOf<V> } | undefined;
  /** When it was so at the source; the fact's own time where missing. */
  readonly at?: number | undefined;
  /** Its place within one second; the fact's own rank where missing. */
  readonly rank?: number;
}

/** The rank of what a fact only mentions about a record of another kind: every other fact wins over it. */
export const IN_PASSING = 0;

type Statements<V extends ValueDescriptors> =
  RecordStatement<V> | readonly RecordStatement<V>[] | undefined;

/** Says what facts of one type say of records of this kind. */
export type When<V extends ValueDescriptors> = <Definition extends FactDefinition>(
  definition: Definition,
  tell: (open: OpenFact<FactData<Definition>, FactPersonal<Definition>>) => Statements<V>,
) => FactReading;

/** What facts of one type say of records of one kind. */
export interface FactReading {
  readonly type: string;
  /** Adds them to what the fact says of others. */
  read<Kind extends string>(fact: Fact, kind: Kind, changes: RecordChange<Kind>[]): void;
}

/** What one fact says of one record, ready to be folded. */
export interface RecordChange<Kind extends string> extends StateChange {
  readonly kind: Kind;
  readonly id: string;
}

/** What every observation says about itself; a decision says nothing of it. */
interface ObservedBy {
  readonly normaliser?: number;
  readonly rank?: number;
}

const NOTHING = Object.freeze({});

export const whenFor =
  <V extends ValueDescriptors>(rules: FoldRules | undefined): When<V> =>
  (definition, tell) => ({
    type: definition.type,

    read(fact, kind, changes) {
      // Of the shape that its definition says: `readFact` has just checked it.
      const data = fact.data as FactData<typeof definition> & ObservedBy;
      const personal = (fact.personal ?? NOTHING) as Partial<FactPersonal<typeof definition>>;
      const told = tell({ fact, data, personal });
      if (told === undefined) return;
      let last: RecordStatement<V> | undefined;
      let key = '';
      for (const said of isMany(told) ? told : [told]) {
        // Those whom a fact mentions are mentioned alike, mostly: one key for all of them.
        if (!last || said.at !== last.at || said.rank !== last.rank) key = keyOf(fact, data, said);
        last = said;
        const { fields, progress } = said;
        changes.push({ kind, id: fields.id, key, fields, progress, rules } as RecordChange<
          typeof kind
        >);
      }
    },
  });

const keyOf = (
  fact: Fact,
  { normaliser = 0, rank = 0 }: ObservedBy,
  said: { readonly at?: number | undefined; readonly rank?: number },
): string => orderKey(said.at ?? fact.occurredAt, said.rank ?? rank, normaliser, fact);

const isMany = <Each>(told: Each | readonly Each[]): told is readonly Each[] => Array.isArray(told);

import type { Id, JsonObject } from '#libs/kernel';
import type { z } from 'zod';

/** The parts of a fact's envelope that say where it comes from and why it is there. */
export interface FactMeta {
  /** `<provider>/<account>`, or `innkeeper/<role>` for our own. */
  readonly source: string;
  readonly actor?: string;
  readonly correlationId: Id;
  readonly causationId: Id;
  readonly traceparent?: string;
  /** Nobody told us: it was found by reading a provider's lists. */
  readonly backfilled?: true;
}

/** A fact as contexts see it: decoded, personal part opened where its key still exists. */
export interface Fact<Data = JsonObject, Personal = JsonObject> extends FactMeta {
  readonly id: Id;
  readonly type: string;
  readonly stream: string;
  /** In an observed stream the same as the position; dense in a decided one. */
  readonly version: number;
  readonly position: number;
  readonly era: number;
  /** The source's time, ms. */
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly data: Data;
  /** Missing when there never was one, or when its key has been destroyed. Every fold accepts that. */
  readonly personal?: Personal;
}

/** A fact somebody wants in the log, before its personal part is sealed. */
export interface NewFact extends FactMeta {
  readonly id: Id;
  readonly type: string;
  readonly stream: string;
  readonly occurredAt: number;
  readonly data: JsonObject;
  readonly personal?: JsonObject;
}

export interface FactDefinition<
  Data extends z.ZodType = z.ZodType,
  Personal extends z.ZodType = z.ZodType,
> {
  /** `<context>.<thing>.<past tense>.v<major>`. */
  readonly type: string;
  /** What anyone who reads the log may see: provider ids, times, status, tags. */
  readonly data: Data;
  /** Names, numbers, mails, addresses, free text, media links. Sealed with the stream's key. */
  readonly personal?: Personal;
  /** `observed`: a provider told us; `decided`: our own decision, with dense versions. */
  readonly kind: 'observed' | 'decided';
}

export const defineFact = <Data extends z.ZodType, Personal extends z.ZodType = z.ZodNever>(
  definition: FactDefinition<Data, Personal>,
): FactDefinition<Data, Personal> => definition;

/** What facts of a definition say in the open. */
export type FactData<Definition> =
  Definition extends FactDefinition<infer Data, z.ZodType> ? z.infer<Data> : never;

/** What they say of people. */
export type FactPersonal<Definition> =
  Definition extends FactDefinition<z.ZodType, infer Personal> ? z.infer<Personal> : never;

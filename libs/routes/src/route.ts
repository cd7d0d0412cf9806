import type { OperatorRole } from '#libs/kernel';
import type { z } from 'zod';

/** One route: what the api role serves, what `/openapi.json` tells, and what the command line asks. */
export interface RouteNote {
  readonly method: 'get' | 'post' | 'delete';
  /** With `:name` for a part that varies. */
  readonly path: string;
  readonly group: string;
  /** One line: what it does. */
  readonly does: string;
  /** What else a caller must know. */
  readonly says?: string;
  /** The least role that may call it. Missing: open without a token, unless there is a `caller`. */
  readonly role?: OperatorRole;
  /** Who calls it that is no operator, with a token or session of its own. A token of an operator does not open it. */
  readonly caller?: 'backup-server';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Missing: nothing (204). */
  readonly answers?: z.ZodType;
  /** One line of a stream of JSON lines. */
  readonly line?: z.ZodType;
  /** By name what it sends before its answer, to who asks for server-sent events. The answer is the last, as `answer`. */
  readonly events?: Readonly<Record<string, z.ZodType>>;
  /** Where it is not JSON. */
  readonly media?: string;
  readonly status?: number;
}

/** Keeps the literal types, so that a caller's parameters, query, body and answer follow from them. */
export const defineRoute = <const R extends RouteNote>(route: R): R => route;

export const statusOf = ({ status, answers, media }: RouteNote): number =>
  status ?? (answers || media ? 200 : 204);

type ParameterOf<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParameterOf<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

type QueryValue = string | number | boolean | undefined;

/** Names are those of the route; values are sent as text. */
export type RouteQuery<R extends RouteNote> = R extends {
  readonly query: infer Q extends z.ZodObject;
}
  ? { readonly [Name in keyof z.output<Q>]?: QueryValue }
  : undefined;

export type RouteBody<R extends RouteNote> = R extends { readonly body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;

export type RouteAnswer<R extends RouteNote> = R extends {
  readonly answers: infer A extends z.ZodType;
}
  ? z.output<A>
  : void;

export type RouteLine<R extends RouteNote> = R extends { readonly line: infer L extends z.ZodType }
  ? z.output<L>
  : undefined;

/** One event of a stream, by its name. */
export type RouteEvent<R extends RouteNote> =
  | (R extends { readonly events: infer E extends Readonly<Record<string, z.ZodType>> }
      ? {
          readonly [Name in keyof E]: { readonly event: Name; readonly data: z.output<E[Name]> };
        }[keyof E]
      : never)
  | { readonly event: 'answer'; readonly data: RouteAnswer<R> };

/** What any route is called with. */
export interface PlainCall {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** Where more is wanted than the least role sees. */
  readonly role?: OperatorRole;
  /** As `Idempotency-Key`: a request that is repeated with it is the same request. */
  readonly key?: string;
  /** Ends the call early. */
  readonly signal?: AbortSignal;
}

type CallParameters<R extends RouteNote> = [ParameterOf<R['path']>] extends [never]
  ? { readonly parameters?: never }
  : { readonly parameters: Readonly<Record<ParameterOf<R['path']>, string>> };

type CallBody<R extends RouteNote> = R extends { readonly body: z.ZodType }
  ? { readonly body: RouteBody<R> }
  : { readonly body?: never };

/** What this route is called with. */
export type RouteCall<R extends RouteNote> = PlainCall &
  CallParameters<R> &
  CallBody<R> & { readonly query?: RouteQuery<R> };

/** What stands in a list. */
export type RouteItem<R extends RouteNote> =
  RouteAnswer<R> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** The path with its parameters filled in. */
export const pathOf = (
  { path }: RouteNote,
  parameters: Readonly<Record<string, string>> = {},
): string =>
  path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));

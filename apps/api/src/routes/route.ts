import { NeedsRole, type OperatorRole } from '#libs/platform';
import { applyDecorators, Delete, Get, HttpCode, Post } from '@nestjs/common';
import type { z } from 'zod';

/** One route, as Nest serves it and as `/openapi.json` tells it: said once. */
export interface RouteNote {
  readonly method: 'get' | 'post' | 'delete';
  /** With `:name` for a part that varies. */
  readonly path: string;
  readonly group: string;
  /** One line: what it does. */
  readonly does: string;
  /** What else somebody who calls it must know. */
  readonly says?: string;
  /** Missing: open without a token. */
  readonly role?: OperatorRole;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Missing: nothing (204). */
  readonly answers?: z.ZodType;
  /** Where it is not JSON. */
  readonly media?: string;
  readonly status?: number;
}

const notes: RouteNote[] = [];

/** Every route of this role, in the order of their controllers. */
export const describedRoutes = (): readonly RouteNote[] => notes;

const verbs = { get: Get, post: Post, delete: Delete };

/** Serves a method under a note. Further notes tell the same route in more detail, for readers only. */
export const Route = (note: RouteNote, told: readonly RouteNote[] = [note]): MethodDecorator => {
  notes.push(...told);
  return applyDecorators(
    verbs[note.method](note.path),
    HttpCode(statusOf(note)),
    ...(note.role ? [NeedsRole(note.role)] : []),
  );
};

export const statusOf = ({ status, answers, media }: RouteNote): number =>
  status ?? (answers || media ? 200 : 204);

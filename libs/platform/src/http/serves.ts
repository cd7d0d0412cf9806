import type { OperatorRole } from '#libs/kernel';
import { applyDecorators, Delete, Get, HttpCode, Post } from '@nestjs/common';

import { NeedsRole } from '../identity/needs-role.js';

/** What a method of a controller answers. */
export interface ServedRoute {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  /** The least operator role that may call it. Missing: open without a token. */
  readonly role?: OperatorRole;
}

const verbs = { get: Get, post: Post, delete: Delete };

/** Serves a method under a route, with the status that a good answer has. */
export const Serves = ({ method, path, role }: ServedRoute, status: number): MethodDecorator =>
  applyDecorators(verbs[method](path), HttpCode(status), ...(role ? [NeedsRole(role)] : []));

import { NeedsRole } from '#libs/platform';
import { statusOf, type RouteNote } from '#libs/routes';
import { applyDecorators, Delete, Get, HttpCode, Post } from '@nestjs/common';

const verbs = { get: Get, post: Post, delete: Delete };

/** Serves a method as its route says. */
export const Route = (route: RouteNote): MethodDecorator =>
  applyDecorators(
    verbs[route.method](route.path),
    HttpCode(statusOf(route)),
    ...(route.role ? [NeedsRole(route.role)] : []),
  );

import { Serves } from '#libs/platform';
import { statusOf, type RouteNote } from '#libs/routes';

/** Serves a method as its route says. */
export const Route = (route: RouteNote): MethodDecorator => Serves(route, statusOf(route));

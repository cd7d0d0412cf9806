import type { Routes } from '../web/routes.js';
import { readingRoutes, writingRoutes } from './message-routes.js';
import { peopleRoutes } from './people-routes.js';
import { refusing, type RocketchatApi } from './rocketchat-call.js';
import { roomRoutes } from './room-routes.js';

export const rocketchatRoutes = (api: RocketchatApi): Routes =>
  refusing(api.era, {
    ...readingRoutes(api),
    ...writingRoutes(api),
    ...roomRoutes(api),
    ...peopleRoutes(api),
  });

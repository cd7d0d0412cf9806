import type { DemoHome } from '../demo-home.js';
import { altbauKreuzberg } from './altbau-kreuzberg.js';
import { casaAzahar } from './casa-azahar.js';
import { casaDelFaro } from './casa-del-faro.js';
import { casaLimone } from './casa-limone.js';
import { grachtenhuis } from './grachtenhuis.js';
import { harbourHouse } from './harbour-house.js';
import { harbourLoft } from './harbour-loft.js';
import { hausSeeblick } from './haus-seeblick.js';
import { hausWaldrand } from './haus-waldrand.js';
import { leGrenier } from './le-grenier.js';
import { maisonDesPins } from './maison-des-pins.js';
import { villaGinestra } from './villa-ginestra.js';

/** The order gives their ids: a new one goes to the end. */
export const homes: readonly DemoHome[] = [
  harbourLoft,
  harbourHouse,
  hausSeeblick,
  hausWaldrand,
  altbauKreuzberg,
  leGrenier,
  maisonDesPins,
  casaAzahar,
  casaDelFaro,
  casaLimone,
  villaGinestra,
  grachtenhuis,
];

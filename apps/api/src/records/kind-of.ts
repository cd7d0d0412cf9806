import { kindNames, type KindName } from '#libs/catalog';

import { found } from '../routes/answers.js';

export const kindOf = (text: string): KindName => found(kindNames.find((kind) => kind === text));

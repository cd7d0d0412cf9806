import { guesty } from '#libs/providers/guesty';

import { edgeDoor } from '../../edge-door.js';

export default edgeDoor(guesty);

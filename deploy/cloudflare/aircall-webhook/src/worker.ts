import { aircall } from '#libs/providers/aircall';

import { edgeDoor } from '../../edge-door.js';

export default edgeDoor(aircall);

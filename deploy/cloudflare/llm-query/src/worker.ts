import { rocketchatWebhook } from '#libs/providers/rocketchat';

import { edgeDoor } from '../../edge-door.js';

export default edgeDoor(rocketchatWebhook);

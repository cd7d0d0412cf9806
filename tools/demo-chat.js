// npm run demo:chat: a chat to look at, with the platform and its demo company beside it.
import { become } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { inRoot, mainProgram, root } from './set-up/paths.js';

process.chdir(root);
await setUp();
become([inRoot('dist/test/demo-chat/main.js'), mainProgram]);

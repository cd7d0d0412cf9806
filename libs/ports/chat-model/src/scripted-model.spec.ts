import { chatModelContract } from './chat-model.contract.js';
import { scriptedModelHarness } from './scripted-model.contract.js';

chatModelContract('a script', async () => scriptedModelHarness());

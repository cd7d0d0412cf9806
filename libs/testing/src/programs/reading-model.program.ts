import { FakeChat } from '../fakes/models/fake-chat.js';
import { questionIn, readingScript } from '../fakes/models/reading-script.js';

/**
 * A language model to look at answers with: `node dist/libs/testing/src/programs/reading-model.program.js [port] [looking
 * steps] [tokens]`. It speaks as OpenAI does and says sentences of the sources that it is given, as fast as Groq: its
 * first token after 400 ms, then 300 a second. A parent process hears when a request was answered.
 */
const [port = 0, lookingSteps = 0, tokens] = process.argv.slice(2).map(Number);
const chat = new FakeChat('openai');
chat.script = readingScript({ lookingSteps, ...(tokens !== undefined && { tokens }) });
chat.pace = { firstPieceMs: 400, tokensPerSecond: 300 };
chat.onSaid = (request) => process.send?.({ question: questionIn(request), at: Date.now() });
await chat.start(port);
process.send?.({ url: chat.url });
process.stdout.write(`${chat.url}\n`);

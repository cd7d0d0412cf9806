import { AnsweringContext, Health } from '#libs/platform';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';

import { DialoguesController } from './questions/dialogues.controller.js';
import { QuestionsController } from './questions/questions.controller.js';

/** What people ask: questions, and the dialogues they are part of. */
@Module({
  imports: [AnsweringContext],
  controllers: [QuestionsController, DialoguesController],
})
export class LlmResponderModule implements OnApplicationBootstrap {
  constructor(@Inject(Health) private readonly health: Health) {}

  onApplicationBootstrap(): void {
    this.health.role('llm-responder', 'questions', true);
  }
}

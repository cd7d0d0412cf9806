import { AnsweringContext, Health, KnowledgeContext } from '#libs/platform';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';

import { AskPageController } from './pages/ask-page.controller.js';
import { DialoguesController } from './questions/dialogues.controller.js';
import { LookAtLeftAnswersWhenDueTicker } from './questions/look-at-left-answers-when-due.ticker.js';
import { ModelUseController } from './questions/model-use.controller.js';
import { QuestionsController } from './questions/questions.controller.js';
import { SearchController } from './search/search.controller.js';

/** What people ask: questions, and the dialogues they are part of. */
@Module({
  imports: [AnsweringContext, KnowledgeContext],
  controllers: [
    QuestionsController,
    DialoguesController,
    ModelUseController,
    SearchController,
    AskPageController,
  ],
  providers: [LookAtLeftAnswersWhenDueTicker],
})
export class LlmResponderModule implements OnApplicationBootstrap {
  constructor(@Inject(Health) private readonly health: Health) {}

  onApplicationBootstrap(): void {
    this.health.role('llm-responder', 'questions', true);
  }
}

import { AnsweringContext, Health, KnowledgeContext, RoomsContext } from '#libs/platform';
import { Inject, Module, type OnApplicationBootstrap } from '@nestjs/common';

import { AskPageController } from './pages/ask-page.controller.js';
import { DialoguesController } from './questions/dialogues.controller.js';
import { LookAtLeftAnswersWhenDueTicker } from './questions/look-at-left-answers-when-due.ticker.js';
import { ModelUseController } from './questions/model-use.controller.js';
import { QuestionsController } from './questions/questions.controller.js';
import { AnswerQuestionsWhenDueTicker } from './rooms/answer-questions-when-due.ticker.js';
import { ChatController } from './rooms/chat.controller.js';
import { HearChatWhenObservedReactor } from './rooms/hear-chat-when-observed.reactor.js';
import { HearMessagesWhenAnnouncedReactor } from './rooms/hear-messages-when-announced.reactor.js';
import { RoomAnswers } from './rooms/room-answers.js';
import { WithdrawAnswersWhenGoneReactor } from './rooms/withdraw-answers-when-gone.reactor.js';
import { SearchController } from './search/search.controller.js';

/** What people ask: questions, and the dialogues they are part of. */
@Module({
  imports: [AnsweringContext, KnowledgeContext, RoomsContext],
  controllers: [
    QuestionsController,
    DialoguesController,
    ModelUseController,
    SearchController,
    AskPageController,
    ChatController,
    HearMessagesWhenAnnouncedReactor,
    HearChatWhenObservedReactor,
    WithdrawAnswersWhenGoneReactor,
  ],
  providers: [LookAtLeftAnswersWhenDueTicker, AnswerQuestionsWhenDueTicker, RoomAnswers],
})
export class LlmResponderModule implements OnApplicationBootstrap {
  constructor(@Inject(Health) private readonly health: Health) {}

  onApplicationBootstrap(): void {
    this.health.role('llm-responder', 'questions', true);
  }
}

const UNFINISHED = /\b(TODO|FIXME|XXX|HACK)\b/;
const ISSUE = /#\d+/;
const SWITCHED_OFF = /^\s*eslint-disable/;
const REASON = / -- \S.{9,}/;

/** Unfinished work names its issue; a rule that is switched off says why (@ts-… has ban-ts-comment for that). */
export const honestComments = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      issue: 'Name the issue that will finish this: TODO(#12) …',
      reason: 'Say why this is switched off: -- <reason>.',
    },
  },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        const text = comment.value;
        if (UNFINISHED.test(text) && !ISSUE.test(text)) report(context, comment, 'issue');
        if (SWITCHED_OFF.test(text) && !REASON.test(text)) report(context, comment, 'reason');
      }
    },
  }),
};

const report = (context, { loc }, messageId) => context.report({ loc, messageId });

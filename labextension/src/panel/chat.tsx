import React from 'react';
import type { DailyDetail, ModelState } from '../schemas';
import { ready } from '../slot';
import type { ITutorState } from '../state';
import { chatOf } from '../talk';
import type { IChat, ICoachState } from '../talk';
import { QUESTION_ID } from '../tokens';
import { Button } from './button';
import { Prose } from './message';
import { Messages } from './messages';
import { Search } from './search';
import type { ITools } from './tools';

const LONGEST_QUESTION = 4000;

interface IChatProps {
  daily: DailyDetail;
  state: ITutorState;
  coach: ICoachState;
  tools: ITools;
}

/** Where the learner asks the tutor, and what was said so far. */
export function Chat(props: IChatProps): React.JSX.Element {
  const { daily, state, coach, tools } = props;
  const model = ready(state.languageModel);
  const chat = chatOf(coach, daily.id);
  return (
    <section aria-labelledby="jp-Tutor-chat">
      <h3 id="jp-Tutor-chat">{tools.trans.__('Ask the tutor')}</h3>
      <Messages id={daily.id} chat={chat} tools={tools} />
      {model?.chat_on === false ? (
        <p className="jp-Tutor-facts">
          {tools.trans.__('Questions are switched off here. Hints go on.')}
        </p>
      ) : (
        <Question daily={daily} chat={chat} model={model} tools={tools} />
      )}
      <Search search={coach.search} tools={tools} />
    </section>
  );
}

interface IQuestionProps {
  daily: DailyDetail;
  chat: IChat;
  model: ModelState | null;
  tools: ITools;
}

function Question({ daily, chat, model, tools }: IQuestionProps) {
  const { trans } = tools;
  const { draft, asked } = chat;
  const usedUp = model?.off === '' && model.questions_left === 0;
  const can = !usedUp && asked === null && draft.trim() !== '';
  const send = () => {
    if (can) {
      tools.ask(daily.id, draft);
    }
  };
  return (
    <form
      className="jp-Tutor-form"
      onSubmit={event => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={QUESTION_ID}>{trans.__('Your question')}</label>
      <textarea
        id={QUESTION_ID}
        rows={3}
        maxLength={LONGEST_QUESTION}
        placeholder={trans.__('Why does my loop never end?')}
        aria-describedby="jp-Tutor-chatFacts"
        value={draft}
        onChange={event => {
          tools.coach.draft(daily.id, event.target.value);
        }}
        onKeyDown={event => {
          const composing = event.nativeEvent.isComposing;
          if (event.key === 'Enter' && !event.shiftKey && !composing) {
            event.preventDefault();
            send();
          }
        }}
      />
      <p id="jp-Tutor-chatFacts" className="jp-Tutor-facts">
        {trans.__('Enter sends, Shift+Enter makes a new line.')}{' '}
        <Prose text={chatSentence(model, tools)} />
      </p>
      <div className="jp-Tutor-actions">
        <Button disabled={!can} onClick={send}>
          {trans.__('Send')}
        </Button>
      </div>
    </form>
  );
}

/** Who answers, and how often today. */
function chatSentence(model: ModelState | null, { trans }: ITools): string {
  if (!model) {
    return '';
  }
  if (model.off !== '') {
    return trans.__(
      'Answers come from running your code, without a language model.'
    );
  }
  const left = model.questions_left;
  if (left === 0) {
    return trans.__(
      'No questions are left today; there are new ones tomorrow. Hints go on.'
    );
  }
  const wrong = trans.__('Answers may be wrong.');
  return left === null
    ? wrong
    : `${trans._n(
        '%1 question left today.',
        '%1 questions left today.',
        left
      )} ${wrong}`;
}

import React from 'react';
import type { ChatMessage, DailyDetail, ModelState } from '../schemas';
import * as select from '../state';
import type { ITutorState } from '../state';
import { chatOf } from '../talk';
import type { IChat, ICoachState } from '../talk';
import { QUESTION_ID } from '../tokens';
import { Button } from './button';
import { MarkdownText } from './markdown';
import { Prose } from './message';
import { Search } from './search';
import type { ITools } from './tools';
import { sourceWord } from './words';

const LONGEST_QUESTION = 4000;
/** Messages that are shown at first. */
const LATEST = 6;

interface IChatProps {
  daily: DailyDetail;
  state: ITutorState;
  coach: ICoachState;
  tools: ITools;
}

/** Where the learner asks the tutor, and what was said so far. */
export function Chat(props: IChatProps): React.JSX.Element {
  const { daily, state, coach, tools } = props;
  const model = select.ready(state.languageModel);
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

interface IRow extends Pick<ChatMessage, 'number' | 'role' | 'text'> {
  /** Who wrote it; null until that is known. */
  source: ChatMessage['source'] | null;
  growing: boolean;
}

/** What was said, and what is being said. */
function rowsOf(messages: readonly ChatMessage[], { asked }: IChat): IRow[] {
  const rows: IRow[] = messages.map(message => ({
    ...message,
    growing: false
  }));
  if (asked) {
    const { question, answer } = asked;
    const number = (rows.at(-1)?.number ?? 0) + 1;
    const growing = answer.whole === null;
    rows.push({
      number,
      role: 'learner',
      text: question,
      source: 'learner',
      growing: false
    });
    if (answer.text !== '') {
      rows.push({
        number: number + 1,
        role: 'tutor',
        text: answer.text,
        source: null,
        growing
      });
    }
  }
  return rows;
}

interface IMessagesProps {
  /** Of the daily. */
  id: string;
  chat: IChat;
  tools: ITools;
}

function Messages({ id, chat, tools }: IMessagesProps) {
  const { trans } = tools;
  const [all, setAll] = React.useState(false);
  const messages = select.ready(chat.messages);
  // what is said later is scrolled to and read out
  const old = React.useRef<number | null>(null);
  if (messages) {
    old.current ??= messages.at(-1)?.number ?? 0;
  }
  const rows = rowsOf(messages ?? [], chat);
  const shown = all ? rows : rows.slice(-LATEST);
  const hidden = rows.length - shown.length;
  const answer = chat.asked?.answer;
  return (
    <>
      {(hidden > 0 || chat.earlier !== null) && (
        <Button
          quiet
          onClick={() => {
            setAll(true);
            if (hidden === 0) {
              void tools.coach.earlier(id);
            }
          }}
        >
          {chat.earlier === null
            ? trans._n(
                'Show %1 earlier message',
                'Show %1 earlier messages',
                hidden
              )
            : trans.__('Show earlier messages')}
        </Button>
      )}
      {shown.map(row => (
        <Row
          key={row.number}
          row={row}
          isNew={row.number > (old.current ?? 0)}
          tools={tools}
        />
      ))}
      <div role="status" aria-live="polite" className="jp-Tutor-facts">
        {answer?.withdrawn && <p>{answer.withdrawn}</p>}
        {answer?.text === '' && <p>{trans.__('Thinking…')}</p>}
      </div>
    </>
  );
}

function Row(props: { row: IRow; isNew: boolean; tools: ITools }) {
  const { row, isNew, tools } = props;
  const { trans } = tools;
  return (
    <div className={`jp-Tutor-said jp-mod-${row.role}`}>
      <h4>{row.role === 'learner' ? trans.__('You') : trans.__('Tutor')}</h4>
      {row.source !== null && row.source !== 'learner' && (
        <p className="jp-Tutor-facts">{sourceWord(row.source, tools)}</p>
      )}
      {row.role === 'learner' ? (
        <p>{row.text}</p>
      ) : (
        <MarkdownText
          text={row.text}
          growing={row.growing}
          isNew={isNew}
          tools={tools}
        />
      )}
    </div>
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

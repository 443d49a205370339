import React from 'react';
import type { ChatMessage } from '../schemas';
import { ready } from '../slot';
import type { IChat } from '../talk';
import { Button } from './button';
import { MarkdownText } from './markdown';
import type { ITools } from './tools';
import { sourceWord } from './words';

/** Messages that are shown at first. */
const LATEST = 6;

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

/** What was said about an exercise, and what is being said; the latest at first. */
export function Messages(props: IMessagesProps): React.JSX.Element {
  const { id, chat, tools } = props;
  const { trans } = tools;
  const [all, setAll] = React.useState(false);
  const messages = ready(chat.messages);
  // what is said later is scrolled to and read out
  const old = React.useRef<number | null>(null);
  if (messages) {
    old.current ??= messages.at(-1)?.number ?? 0;
  }
  const rows = rowsOf(messages ?? [], chat);
  const shown = all ? rows : rows.slice(-LATEST);
  const hidden = rows.length - shown.length;
  const first = shown[0]?.number ?? 0;
  const [top, turn] = useTurning(first);
  const answer = chat.asked?.answer;
  return (
    <>
      {(hidden > 0 || chat.earlier !== null) && (
        <Button
          quiet
          onClick={() => {
            turn();
            setAll(true);
            if (hidden === 0) {
              void tools.coach.earlier(id);
            }
          }}
        >
          {earlierWords(chat, hidden, tools)}
        </Button>
      )}
      {shown.map(row => (
        <Row
          key={row.number}
          row={row}
          headRef={row.number === first ? top : undefined}
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

function earlierWords({ earlier }: IChat, hidden: number, { trans }: ITools) {
  return earlier === null
    ? trans._n('Show %1 earlier message', 'Show %1 earlier messages', hidden)
    : trans.__('Show earlier messages');
}

/**
 * Hands the focus to the first message when earlier ones have come, whose button may be gone.
 * The first part is for the heading of that message, the second is called when they are asked for.
 */
function useTurning(
  first: number
): [React.RefObject<HTMLHeadingElement>, () => void] {
  const top = React.useRef<HTMLHeadingElement>(null);
  const turned = React.useRef<{ first: number; focus: Element | null } | null>(
    null
  );
  React.useEffect(() => {
    const { current } = turned;
    if (!current || first >= current.first) {
      return;
    }
    turned.current = null;
    // a learner who went on to something else stays there
    if ([current.focus, document.body].includes(document.activeElement)) {
      top.current?.focus();
    }
  }, [first]);
  const turn = () => {
    turned.current = { first, focus: document.activeElement };
  };
  return [top, turn];
}

interface IRowProps {
  row: IRow;
  /** Gets the focus when the messages from this one on were asked for. */
  headRef: React.Ref<HTMLHeadingElement> | undefined;
  isNew: boolean;
  tools: ITools;
}

function Row({ row, headRef, isNew, tools }: IRowProps) {
  const { trans } = tools;
  return (
    <div className={`jp-Tutor-said jp-mod-${row.role}`}>
      <h4 ref={headRef} tabIndex={headRef ? -1 : undefined}>
        {row.role === 'learner' ? trans.__('You') : trans.__('Tutor')}
      </h4>
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

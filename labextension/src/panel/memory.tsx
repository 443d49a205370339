import React from 'react';
import type { Memories, Memory } from '../schemas';
import { ready } from '../slot';
import type { Slot } from '../slot';
import { CommandIDs } from '../tokens';
import { Button } from './button';
import { Message } from './message';
import type { ITools } from './tools';
import { dateWord } from './words';

const LONGEST = 300;

interface IMemoryProps {
  slot: Slot<Memories>;
  tools: ITools;
}

/** What is remembered of the learner, who decides about it; loaded when it is unfolded. */
export function MemorySection(props: IMemoryProps): React.JSX.Element {
  const { slot, tools } = props;
  const { trans } = tools;
  const memories = ready(slot);
  const summary = React.useRef<HTMLElement>(null);
  return (
    <section aria-labelledby="jp-Tutor-memory">
      <details
        onToggle={event => {
          if (event.currentTarget.open) {
            void tools.memory.load();
          }
        }}
      >
        <summary ref={summary}>
          <h3 id="jp-Tutor-memory">{trans.__('What the tutor remembers')}</h3>
        </summary>
        {slot.phase === 'loading' && (
          <p className="jp-Tutor-facts">{trans.__('Loading…')}</p>
        )}
        {slot.phase === 'problem' && <Message text={slot.detail} />}
        {memories && (
          <Remembered memories={memories} heir={summary} tools={tools} />
        )}
      </details>
    </section>
  );
}

interface IRememberedProps {
  memories: Memories;
  /** Gets the focus when what had it is forgotten. */
  heir: React.RefObject<HTMLElement>;
  tools: ITools;
}

function Remembered({ memories, heir, tools }: IRememberedProps) {
  const { trans } = tools;
  const { on, items } = memories;
  return (
    <>
      <label className="jp-Tutor-switch">
        <input
          type="checkbox"
          checked={on}
          onChange={event => {
            void tools.memory.switch(event.target.checked);
          }}
        />
        {trans.__('Remember things and use them')}
      </label>
      {items.length === 0 && (
        <p className="jp-Tutor-facts">{trans.__('Nothing is remembered.')}</p>
      )}
      {traits(tools).map(([trait, name]) => {
        const own = items.filter(item => item.trait === trait);
        return own.length === 0 ? null : (
          <React.Fragment key={trait}>
            <h4>{name}</h4>
            <ul className="jp-Tutor-memories">
              {own.map(item => (
                <Item key={item.id} item={item} heir={heir} tools={tools} />
              ))}
            </ul>
          </React.Fragment>
        );
      })}
      {items.length > 0 && <AllActions heir={heir} tools={tools} />}
    </>
  );
}

function AllActions({ heir, tools }: Pick<IRememberedProps, 'heir' | 'tools'>) {
  const { trans } = tools;
  const place = React.useRef<HTMLDivElement>(null);
  React.useLayoutEffect(() => {
    const buttons = place.current;
    return () => {
      if (buttons?.contains(document.activeElement)) {
        heir.current?.focus();
      }
    };
  }, [heir]);
  return (
    <div ref={place} className="jp-Tutor-actions">
      <Button onClick={tools.download}>{trans.__('Download')}</Button>
      <Button
        onClick={() => {
          tools.execute(CommandIDs.forgetAll);
        }}
      >
        {trans.__('Forget everything')}
      </Button>
    </div>
  );
}

function traits({ trans }: ITools): [Memory['trait'], string][] {
  return [
    ['strength', trans.__('Strengths')],
    ['weakness', trans.__('Weaknesses')],
    ['misconception', trans.__('Misconceptions')],
    ['interest', trans.__('Interests')],
    ['goal', trans.__('Goals')]
  ];
}

interface IItemProps {
  item: Memory;
  heir: React.RefObject<HTMLElement>;
  tools: ITools;
}

function Item({ item, heir, tools }: IItemProps) {
  const [correcting, setCorrecting] = React.useState(false);
  const correctButton = React.useRef<HTMLButtonElement>(null);
  const wasCorrecting = React.useRef(false);
  React.useEffect(() => {
    if (wasCorrecting.current && !correcting) {
      correctButton.current?.focus();
    }
    wasCorrecting.current = correcting;
  }, [correcting]);
  if (correcting) {
    return (
      <li>
        <Correction
          item={item}
          tools={tools}
          close={() => {
            setCorrecting(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className={item.on ? undefined : 'jp-mod-off'}>
      <p>{item.text}</p>
      <p className="jp-Tutor-facts">{originWords(item, tools)}</p>
      <ItemActions
        item={item}
        heir={heir}
        tools={tools}
        correctButton={correctButton}
        correct={() => {
          setCorrecting(true);
        }}
      />
    </li>
  );
}

interface IItemActionsProps extends IItemProps {
  correctButton: React.RefObject<HTMLButtonElement>;
  correct: () => void;
}

function ItemActions(props: IItemActionsProps) {
  const { item, heir, correctButton, correct } = props;
  const { trans, memory } = props.tools;
  return (
    <div className="jp-Tutor-memoryActions">
      <label className="jp-Tutor-switch">
        <input
          type="checkbox"
          checked={item.on}
          aria-label={trans.__('Use it: “%1”', item.text)}
          onChange={event => {
            void memory.correct(item.id, {
              text: null,
              on: event.target.checked
            });
          }}
        />
        {trans.__('Use it')}
      </label>
      <Button
        quiet
        buttonRef={correctButton}
        title={trans.__('Correct “%1”', item.text)}
        onClick={correct}
      >
        {trans.__('Correct')}
      </Button>
      <Button
        quiet
        title={trans.__('Forget “%1”', item.text)}
        onClick={() => {
          heir.current?.focus();
          void memory.forget(item.id);
        }}
      >
        {trans.__('Forget')}
      </Button>
    </div>
  );
}

/** What it rests on, where and when it was seen. */
function originWords(item: Memory, tools: ITools): string {
  const { trans } = tools;
  const sources: Record<string, string> = {
    chat: trans.__('from a question of yours'),
    learner: trans.__('written by you')
  };
  const source = sources[item.source] ?? trans.__('from %1', item.source);
  const date = dateWord(item.at.slice(0, 10), tools);
  return [
    item.evidence,
    source,
    date,
    item.seen > 1 ? trans.__('seen %1 times', item.seen) : ''
  ]
    .filter(Boolean)
    .join(' · ');
}

interface ICorrectionProps {
  item: Memory;
  tools: ITools;
  close: () => void;
}

function Correction({ item, tools, close }: ICorrectionProps) {
  const { trans, memory } = tools;
  const [text, setText] = React.useState(item.text);
  const field = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(LONGEST, LONGEST);
  }, []);
  const save = () => {
    if (text.trim() !== '') {
      void memory
        .correct(item.id, { text: text.trim(), on: null })
        .then(done => {
          if (done) {
            close();
          }
        });
    }
  };
  return (
    <form
      className="jp-Tutor-form"
      onSubmit={event => {
        event.preventDefault();
        save();
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          close();
        }
      }}
    >
      <textarea
        ref={field}
        rows={3}
        maxLength={LONGEST}
        aria-label={trans.__('What the tutor remembers')}
        value={text}
        onChange={event => {
          setText(event.target.value);
        }}
      />
      <div className="jp-Tutor-actions">
        <Button disabled={text.trim() === ''} onClick={save}>
          {trans.__('Save')}
        </Button>
        <Button onClick={close}>{trans.__('Cancel')}</Button>
      </div>
    </form>
  );
}

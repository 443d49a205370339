import React from 'react';
import type { ModelState } from '../schemas';
import { ready } from '../slot';
import * as select from '../state';
import type { ITutorState } from '../state';
import { CommandIDs } from '../tokens';
import type { Writing } from '../writing';
import { Button } from './button';
import { Prose } from './message';
import type { ITools } from './tools';
import { numberWord, writingSentence } from './words';

const LONGEST_TOPIC = 40;

interface IAnotherProps {
  state: ITutorState;
  tools: ITools;
}

/** Where the learner asks the language model for an exercise; folded until one is being written. */
export function Another(props: IAnotherProps): React.JSX.Element | null {
  const { state, tools } = props;
  const [open, setOpen] = React.useState(false);
  const writing = select.isWriting(state);
  React.useEffect(() => {
    if (writing) {
      setOpen(true);
    }
  }, [writing]);
  const model = ready(state.languageModel);
  if (!model) {
    return null;
  }
  return (
    <section aria-labelledby="jp-Tutor-another">
      <details
        open={open}
        onToggle={event => {
          setOpen(event.currentTarget.open);
        }}
      >
        <summary>
          <h3 id="jp-Tutor-another">{tools.trans.__('Another exercise')}</h3>
        </summary>
        {model.off !== '' && !writing ? (
          <p className="jp-Tutor-facts">
            <Prose text={model.off} />
          </p>
        ) : (
          <>
            <Order state={state} tools={tools} />
            <Outcome writing={state.writing} tools={tools} />
            <Tokens model={model} tools={tools} />
          </>
        )}
      </details>
    </section>
  );
}

function Order({ state, tools }: IAnotherProps) {
  const { trans } = tools;
  const [topic, setTopic] = React.useState('');
  const writeButton = React.useRef<HTMLButtonElement>(null);
  const can = select.canGenerate(state);
  const write = () => {
    tools.generate(topic);
  };
  return (
    <form
      className="jp-Tutor-form"
      onSubmit={event => {
        event.preventDefault();
        if (can) {
          write();
        }
      }}
    >
      <label htmlFor="jp-Tutor-topic">{trans.__('Topic, if you like')}</label>
      <input
        id="jp-Tutor-topic"
        type="text"
        autoComplete="off"
        maxLength={LONGEST_TOPIC}
        placeholder={trans.__('binary search')}
        value={topic}
        onChange={event => {
          setTopic(event.target.value);
        }}
      />
      <div className="jp-Tutor-actions">
        <Button buttonRef={writeButton} disabled={!can} onClick={write}>
          {select.isWriting(state)
            ? trans.__('Writing…')
            : trans.__('Write one')}
        </Button>
        {select.isWriting(state) && (
          <Cancel
            disabled={!select.canCancelGeneration(state)}
            heir={writeButton}
            tools={tools}
          />
        )}
      </div>
    </form>
  );
}

interface ICancelProps {
  disabled: boolean;
  /** Gets the focus when this button goes. */
  heir: React.RefObject<HTMLButtonElement>;
  tools: ITools;
}

function Cancel({ disabled, heir, tools }: ICancelProps) {
  const button = React.useRef<HTMLButtonElement>(null);
  // a layout effect is undone while the button is still in the document
  React.useLayoutEffect(() => {
    const { current } = button;
    return () => {
      if (current !== null && current === document.activeElement) {
        heir.current?.focus();
      }
    };
  }, [heir]);
  return (
    <Button
      buttonRef={button}
      disabled={disabled}
      onClick={() => {
        tools.execute(CommandIDs.cancelGeneration);
      }}
    >
      {tools.trans.__('Cancel')}
    </Button>
  );
}

const TONES: Record<Writing['phase'], string> = {
  running: '',
  written: 'passed',
  failed: 'failed',
  refused: 'failed',
  lost: 'failed',
  cancelled: ''
};

/** The stage, then the end. The text is always there, so that changes are read out. */
function Outcome(props: { writing: Writing | null; tools: ITools }) {
  const { writing, tools } = props;
  const tone = writing ? TONES[writing.phase] : '';
  return (
    <>
      <div
        className={`jp-Tutor-summary jp-mod-${tone}`}
        role="status"
        aria-live="polite"
      >
        {writing && (
          <p>
            <Prose text={writingSentence(writing, tools)} />
          </p>
        )}
      </div>
      {writing?.phase === 'running' && (
        <div
          className="jp-Tutor-bar jp-mod-indeterminate"
          role="progressbar"
          aria-label={tools.trans.__('Writing an exercise')}
          aria-valuetext={writingSentence(writing, tools)}
        >
          <div />
        </div>
      )}
    </>
  );
}

function Tokens({ model, tools }: { model: ModelState; tools: ITools }) {
  const { trans } = tools;
  const used = numberWord(model.tokens, tools);
  return (
    <p className="jp-Tutor-facts">
      {model.daily_tokens > 0
        ? trans.__(
            'Tokens used today: %1 of %2',
            used,
            numberWord(model.daily_tokens, tools)
          )
        : trans.__('Tokens used today: %1', used)}
    </p>
  );
}

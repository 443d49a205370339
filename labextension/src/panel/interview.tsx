import React from 'react';
import { askedOf, changeOf, firstDrafts } from '../answers';
import type { InterviewQuestion, ProfileState } from '../schemas';
import { Answer } from './answer';
import { Button } from './button';
import { refusalSentence } from './learner-words';
import type { ITools } from './tools';
import { browserZone } from './zones';

interface IInterviewProps {
  known: ProfileState;
  tools: ITools;
  /** The interview is over. */
  finish: () => void;
}

/** One question at a time, beginning with the first that has no answer; each answer is kept at once. */
export function Interview(props: IInterviewProps): React.JSX.Element | null {
  const { known, tools } = props;
  const questions = askedOf(known.questions);
  const [index, setIndex] = React.useState(() =>
    Math.max(
      0,
      questions.findIndex(({ name }) => known.unanswered.includes(name))
    )
  );
  const [drafts, setDrafts] = React.useState(() =>
    firstDrafts(known.profile, questions, known.unanswered, browserZone())
  );
  const question = questions[index];
  if (!question) {
    return null;
  }
  const { name } = question;
  return (
    <Step
      key={name}
      question={question}
      number={index + 1}
      of={questions.length}
      draft={drafts[name] ?? ''}
      setDraft={draft => {
        setDrafts({ ...drafts, [name]: draft });
      }}
      go={by => {
        if (index + by < questions.length) {
          setIndex(index + by);
        } else {
          props.finish();
        }
      }}
      tools={tools}
    />
  );
}

interface IStepProps {
  question: InterviewQuestion;
  number: number;
  of: number;
  draft: string;
  setDraft: (draft: string) => void;
  /** Move so many questions on. */
  go: (by: 1 | -1) => void;
  tools: ITools;
}

function Step(props: IStepProps) {
  const { question, number, of, draft, setDraft, go, tools } = props;
  const { trans } = tools;
  const [refusal, setRefusal] = React.useState('');
  const [saving, setSaving] = React.useState(false);
  const form = React.useRef<HTMLFormElement>(null);
  React.useEffect(() => {
    focusControl(form.current);
  }, []);
  const save = async () => {
    setSaving(true);
    const change = changeOf(question.name, question.kind, draft);
    const refused = await tools.learner.change(change);
    setSaving(false);
    setRefusal(refusalSentence(refused, tools));
    if (refused) {
      focusControl(form.current);
    } else {
      go(1);
    }
  };
  return (
    <form
      ref={form}
      className="jp-Tutor-form jp-Tutor-step"
      onSubmit={event => {
        event.preventDefault();
        if (!saving) {
          void save();
        }
      }}
    >
      <p className="jp-Tutor-facts">{trans.__('%1 of %2', number, of)}</p>
      <Answer
        question={question}
        draft={draft}
        setDraft={setDraft}
        refusal={refusal}
        tools={tools}
      />
      <Steps {...props} busy={saving} />
    </form>
  );
}

function Steps(props: IStepProps & { busy: boolean }) {
  const { number, of, busy, go } = props;
  const { trans } = props.tools;
  return (
    <div className="jp-Tutor-actions">
      <Button
        disabled={busy || number === 1}
        onClick={() => {
          go(-1);
        }}
      >
        {trans.__('Back')}
      </Button>
      <Button primary submit disabled={busy}>
        {number === of ? trans.__('Finish') : trans.__('Next')}
      </Button>
      <Button
        quiet
        disabled={busy}
        onClick={() => {
          go(1);
        }}
      >
        {trans.__('Skip this one')}
      </Button>
    </div>
  );
}

/** What is chosen, else what comes first. */
function focusControl(form: HTMLElement | null): void {
  const control =
    form?.querySelector<HTMLElement>('input:checked') ??
    form?.querySelector<HTMLElement>('input');
  control?.focus();
}

import React from 'react';
import { askedOf } from '../answers';
import type { ProfileState } from '../schemas';
import { ready } from '../slot';
import type { Slot } from '../slot';
import { CommandIDs } from '../tokens';
import { Button } from './button';
import { Interview } from './interview';
import { refusalSentence } from './learner-words';
import type { ITools } from './tools';

interface IOnboardingProps {
  slot: Slot<ProfileState>;
  /** Gets the focus when this goes. */
  heir: React.RefObject<HTMLElement>;
  tools: ITools;
}

type Phase = 'invitation' | 'interview' | 'tour';

/** The interview above today's exercise, which it never hides; at its end a short tour. */
export function Onboarding(props: IOnboardingProps): React.JSX.Element | null {
  const { slot, heir, tools } = props;
  const { trans, learner } = tools;
  const known = ready(slot);
  const [phase, setPhase] = React.useState<Phase>('invitation');
  const [refusal, setRefusal] = React.useState('');
  const end = async (interview: 'done' | 'skipped') => {
    const refused = await learner.change({ interview });
    setRefusal(refusalSentence(refused, tools));
    if (refused) {
      return;
    }
    setPhase(interview === 'done' ? 'tour' : 'invitation');
    if (interview === 'skipped') {
      heir.current?.focus();
      tools.announce(trans.__('You can answer later, under “About you”.'));
    }
  };
  if (!known && phase === 'interview') {
    setPhase('invitation'); // everything was deleted: nobody is asked before they want to be
  }
  const isOpen = known?.profile.interview === 'open';
  if (!known || (!isOpen && phase !== 'tour')) {
    return null;
  }
  // who is asked afresh has not been at the end
  const shown = isOpen && phase === 'tour' ? 'invitation' : phase;
  return (
    <details className="jp-Tutor-welcome" open>
      <summary>
        <h2>
          {shown === 'tour'
            ? trans.__('How a day goes')
            : trans.__('Tell me about you (3 minutes)')}
        </h2>
      </summary>
      <Part
        phase={shown}
        setPhase={setPhase}
        known={known}
        end={interview => void end(interview)}
        heir={heir}
        tools={tools}
      />
      {refusal !== '' && (
        <p className="jp-Tutor-refusal" role="alert">
          {refusal}
        </p>
      )}
    </details>
  );
}

interface IPartProps extends Pick<IOnboardingProps, 'heir' | 'tools'> {
  phase: Phase;
  setPhase: (phase: Phase) => void;
  known: ProfileState;
  end: (interview: 'done' | 'skipped') => void;
}

function Part({ phase, setPhase, known, end, heir, tools }: IPartProps) {
  switch (phase) {
    case 'invitation':
      return (
        <Invitation
          known={known}
          tools={tools}
          begin={() => {
            setPhase('interview');
          }}
          skip={() => {
            end('skipped');
          }}
        />
      );
    case 'interview':
      return (
        <Interview
          known={known}
          tools={tools}
          finish={() => {
            end('done');
          }}
        />
      );
    case 'tour':
      return (
        <Tour
          tools={tools}
          start={() => {
            setPhase('invitation');
            heir.current?.focus();
            tools.execute(CommandIDs.openToday);
          }}
        />
      );
  }
}

interface IInvitationProps {
  known: ProfileState;
  begin: () => void;
  skip: () => void;
  tools: ITools;
}

function Invitation({ known, begin, skip, tools }: IInvitationProps) {
  const { trans } = tools;
  const all = askedOf(known.questions).length;
  const left = known.unanswered.length;
  const isBegun = left > 0 && left < all;
  return (
    <>
      <p>
        {isBegun
          ? trans._n('%1 question is left.', '%1 questions are left.', left)
          : trans.__(
              'Your answers choose your exercises and how I help. Today’s exercise is ready without them.'
            )}
      </p>
      <div className="jp-Tutor-actions">
        <Button primary onClick={begin}>
          {isBegun ? trans.__('Go on') : trans.__('Begin')}
        </Button>
        <Button onClick={skip}>{trans.__('Not now')}</Button>
      </div>
    </>
  );
}

function Tour({ tools, start }: { tools: ITools; start: () => void }) {
  const { trans } = tools;
  const list = React.useRef<HTMLOListElement>(null);
  React.useEffect(() => {
    list.current?.focus();
  }, []);
  const steps: [string, string][] = [
    [
      trans.__('Today’s exercise'),
      trans.__('is a notebook, and a fresh one is ready every day.')
    ],
    [
      trans.__('Submit'),
      trans.__('runs the checks, as often as you like. Only passing counts.')
    ],
    [
      trans.__('Hint'),
      trans.__('helps you on in small steps, and costs nothing.')
    ],
    [
      trans.__('Progress'),
      trans.__('shows your streak, your badges and what you know.')
    ]
  ];
  return (
    <>
      <ol
        ref={list}
        tabIndex={-1}
        className="jp-Tutor-tour"
        aria-label={trans.__('How a day goes')}
      >
        {steps.map(([name, text]) => (
          <li key={name}>
            <strong>{name}</strong> {text}
          </li>
        ))}
      </ol>
      <div className="jp-Tutor-actions">
        <Button primary onClick={start}>
          {trans.__('Start')}
        </Button>
      </div>
    </>
  );
}

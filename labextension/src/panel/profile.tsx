import React from 'react';
import { askedOf, changeOf, draftOf } from '../answers';
import type { InterviewQuestion, ProfileState } from '../schemas';
import { ready } from '../slot';
import type { Slot } from '../slot';
import { Button } from './button';
import { fieldWord } from './learner-words';
import { Message } from './message';
import { ProfileField } from './profile-field';
import type { ITools } from './tools';
import { Wishes } from './wishes';
import { Zones } from './zones';

interface IProfileProps {
  slot: Slot<ProfileState>;
  tools: ITools;
}

const ZONES_ID = 'jp-Tutor-zones';

/** What the learner chose, to be changed at any time. */
export function ProfileSection(props: IProfileProps): React.JSX.Element {
  const { slot, tools } = props;
  const { trans, learner } = tools;
  const known = ready(slot);
  const summary = React.useRef<HTMLElement>(null);
  return (
    <section aria-labelledby="jp-Tutor-profile">
      <details
        onToggle={event => {
          if (event.currentTarget.open) {
            void learner.load();
          }
        }}
      >
        <summary ref={summary}>
          <h3 id="jp-Tutor-profile">{trans.__('About you')}</h3>
        </summary>
        {slot.phase === 'loading' && (
          <p className="jp-Tutor-facts">{trans.__('Loading…')}</p>
        )}
        {(slot.phase === 'problem' || slot.phase === 'empty') && (
          <Message text={slot.detail} />
        )}
        {known && (
          <div className="jp-Tutor-form">
            <Wishes known={known} tools={tools} />
            <h4>{trans.__('How you practise')}</h4>
            {askedOf(known.questions).map(question => (
              <Field
                key={question.name}
                question={question}
                known={known}
                tools={tools}
              />
            ))}
            <Zones id={ZONES_ID} />
            {known.profile.interview !== 'open' && (
              <Again heir={summary} tools={tools} />
            )}
          </div>
        )}
      </details>
    </section>
  );
}

function Again(props: { heir: React.RefObject<HTMLElement>; tools: ITools }) {
  const { heir, tools } = props;
  const { trans, learner } = tools;
  return (
    <div className="jp-Tutor-actions">
      <Button
        quiet
        onClick={() => {
          void learner.change({ interview: 'open' }).then(refused => {
            if (!refused) {
              heir.current?.focus();
              tools.announce(
                trans.__('The questions are at the top of the panel.')
              );
            }
          });
        }}
      >
        {trans.__('Ask me one by one')}
      </Button>
    </div>
  );
}

interface IFieldProps {
  question: InterviewQuestion;
  known: ProfileState;
  tools: ITools;
}

function Field({ question, known, tools }: IFieldProps) {
  const { name, kind, note, options } = question;
  return (
    <ProfileField
      id={`jp-Tutor-profile-${name}`}
      label={fieldWord(question, tools)}
      note={note}
      value={draftOf(known.profile, name)}
      kind={kind}
      options={options}
      list={kind === 'zone' ? ZONES_ID : undefined}
      change={draft => changeOf(name, kind, draft)}
      tools={tools}
    />
  );
}

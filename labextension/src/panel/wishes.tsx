import React from 'react';
import { draftOf, YES } from '../answers';
import type { ProfileState } from '../schemas';
import { FieldNotes, describe } from './learner-field';
import { refusalSentence, topicWord } from './learner-words';
import { ProfileField } from './profile-field';
import type { ITools } from './tools';
import { levelWord } from './words';

interface IWishesProps {
  known: ProfileState;
  tools: ITools;
}

const TOPICS_ID = 'jp-Tutor-all-topics';

/** The level, a topic for the next exercise, and topics that are preferred. */
export function Wishes({ known, tools }: IWishesProps): React.JSX.Element {
  const { trans } = tools;
  const { profile } = known;
  return (
    <>
      <h4>{trans.__('Your next exercises')}</h4>
      <Level known={known} tools={tools} />
      <ProfileField
        id="jp-Tutor-profile-adapt"
        label={trans.__('The level follows how I do')}
        value={draftOf(profile, 'adapt')}
        kind="yes-no"
        change={value => ({ adapt: value === YES })}
        tools={tools}
      />
      <ProfileField
        id="jp-Tutor-profile-wish"
        label={trans.__('Topic of the next exercise')}
        note={trans.__('A wish holds until it is fulfilled.')}
        value={profile.wish}
        kind="topic"
        list={TOPICS_ID}
        change={wish => ({ wish: wish.trim() })}
        tools={tools}
      />
      <datalist id={TOPICS_ID}>
        {known.all_topics.map(topic => (
          <option key={topic} value={topic} />
        ))}
      </datalist>
      <Topics known={known} tools={tools} />
    </>
  );
}

function Level({ known, tools }: IWishesProps) {
  const { trans } = tools;
  const { current_level: level, levels, profile } = known;
  // a level that was reached before the bounds changed is shown all the same
  const all = levels.includes(level) ? levels : [level, ...levels];
  return (
    <ProfileField
      id="jp-Tutor-profile-level"
      label={trans.__('Level')}
      note={
        profile.level === null
          ? trans.__('Choosing another one sets it by hand.')
          : trans.__(
              'You set it to %1 by hand last.',
              levelWord(profile.level, tools)
            )
      }
      value={level}
      kind="choice"
      options={all.map(value => ({ value, label: levelWord(value, tools) }))}
      change={value => ({ level: value })}
      tools={tools}
    />
  );
}

function Topics({ known, tools }: IWishesProps) {
  const { trans } = tools;
  const [draft, setDraft] = React.useState<readonly string[] | null>(null);
  const [refusal, setRefusal] = React.useState('');
  const chosen = draft ?? known.profile.topics;
  const rest = chosen.filter(topic => !known.all_topics.includes(topic));
  const change = async (topic: string, on: boolean) => {
    const others = chosen.filter(other => other !== topic);
    const topics = on ? [...others, topic] : others;
    // at once, so that the next box adds to this one
    setDraft(topics);
    const refused = await tools.learner.change({ topics });
    setRefusal(refusalSentence(refused, tools));
    setDraft(now => (now === topics ? null : now));
  };
  return (
    <details className="jp-Tutor-field">
      <summary>
        {chosen.length > 0
          ? trans.__('Preferred topics (%1)', chosen.length)
          : trans.__('Preferred topics')}
      </summary>
      <FieldNotes id="jp-Tutor-profile-topics" refusal={refusal}>
        <fieldset
          className="jp-Tutor-choice jp-mod-many"
          {...describe('jp-Tutor-profile-topics', refusal)}
        >
          <legend className="jp-Tutor-hidden">
            {trans.__('Preferred topics')}
          </legend>
          {[...known.all_topics, ...rest].map(topic => (
            <label key={topic} className="jp-Tutor-switch">
              <input
                type="checkbox"
                checked={chosen.includes(topic)}
                onChange={event => void change(topic, event.target.checked)}
              />
              {topicWord(topic)}
            </label>
          ))}
        </fieldset>
      </FieldNotes>
    </details>
  );
}

import React from 'react';
import { NO, YES } from '../answers';
import type { InterviewQuestion } from '../schemas';
import { FieldNotes, describe } from './learner-field';
import type { ITools } from './tools';
import { Zones } from './zones';

interface IAnswerProps {
  question: InterviewQuestion;
  draft: string;
  setDraft: (draft: string) => void;
  refusal: string;
  tools: ITools;
}

const ID = 'jp-Tutor-answer';

/** One question of the interview, with what it is answered by. */
export function Answer(props: IAnswerProps): React.JSX.Element {
  const { question, refusal, tools } = props;
  const { kind, note } = question;
  const notes = { id: ID, refusal, note };
  if (kind === 'choice' || kind === 'yes-no') {
    const options =
      kind === 'choice'
        ? question.options
        : [
            { value: YES, label: tools.trans.__('Yes') },
            { value: NO, label: tools.trans.__('No') }
          ];
    return (
      <FieldNotes {...notes}>
        <Choice {...props} options={options} />
      </FieldNotes>
    );
  }
  return (
    <FieldNotes {...notes}>
      <Text {...props} />
    </FieldNotes>
  );
}

function Choice(props: IAnswerProps & Pick<InterviewQuestion, 'options'>) {
  const { question, draft, setDraft, refusal, options } = props;
  return (
    <fieldset
      className="jp-Tutor-choice"
      {...describe(ID, refusal, question.note)}
    >
      <legend>{question.text}</legend>
      {options.map(({ value, label }) => (
        <label key={value} className="jp-Tutor-switch">
          <input
            type="radio"
            name={`${ID}-${question.name}`}
            value={value}
            checked={value === draft}
            onChange={() => {
              setDraft(value);
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Text({ question, draft, setDraft, refusal, tools }: IAnswerProps) {
  const { kind, note, text } = question;
  return (
    <>
      <label htmlFor={ID}>{text}</label>
      <input
        id={ID}
        type="text"
        autoComplete="off"
        inputMode={kind === 'number' ? 'numeric' : undefined}
        list={kind === 'zone' ? `${ID}-zones` : undefined}
        placeholder={
          kind === 'words' ? tools.trans.__('separated by commas') : undefined
        }
        value={draft}
        onChange={event => {
          setDraft(event.target.value);
        }}
        {...describe(ID, refusal, note)}
      />
      {kind === 'zone' && <Zones id={`${ID}-zones`} />}
    </>
  );
}

import React from 'react';
import { YES, NO } from '../answers';
import type { InterviewQuestion, ProfileChange } from '../schemas';
import { FieldNotes, describe } from './learner-field';
import { refusalSentence } from './learner-words';
import type { ITools } from './tools';

interface IProfileFieldProps {
  id: string;
  label: string;
  note?: string;
  /** What is kept. */
  value: string;
  kind: InterviewQuestion['kind'] | 'topic';
  options?: InterviewQuestion['options'];
  /** The id of a list of suggestions. */
  list?: string;
  /** The change that a value means. */
  change: (value: string) => ProfileChange;
  tools: ITools;
}

/** One field of the profile, kept as soon as it is left. */
export function ProfileField(props: IProfileFieldProps): React.JSX.Element {
  const { id, note, value, kind, tools } = props;
  const [draft, setDraft] = React.useState<string | null>(null);
  const [refusal, setRefusal] = React.useState('');
  const sent = React.useRef<string | null>(null);
  const save = async (wanted: string) => {
    if (wanted === (sent.current ?? value)) {
      setDraft(null);
      setRefusal('');
      return;
    }
    sent.current = wanted;
    const refused = await tools.learner.change(props.change(wanted));
    if (sent.current === wanted) {
      sent.current = null;
    }
    setRefusal(refusalSentence(refused, tools));
    // what was typed, or is typed meanwhile, stays to be corrected
    const isTyped = kind !== 'choice' && kind !== 'yes-no';
    if (refused && isTyped) {
      return;
    }
    setDraft(now => (now === wanted ? null : now));
    if (refused) {
      return;
    }
    tools.announce(tools.trans.__('“%1” is saved.', props.label));
  };
  const shared = {
    ...props,
    shown: draft ?? value,
    setDraft,
    save: (wanted: string) => void save(wanted),
    aria: describe(id, refusal, note)
  };
  return (
    <div className="jp-Tutor-field">
      <FieldNotes id={id} refusal={refusal} note={note}>
        {kind === 'yes-no' ? (
          <Box {...shared} />
        ) : kind === 'choice' ? (
          <Select {...shared} />
        ) : (
          <Text {...shared} />
        )}
      </FieldNotes>
    </div>
  );
}

interface IControlProps extends IProfileFieldProps {
  shown: string;
  setDraft: (draft: string) => void;
  save: (wanted: string) => void;
  aria: React.AriaAttributes;
}

function Box({ id, label, shown, setDraft, save, aria }: IControlProps) {
  return (
    <label className="jp-Tutor-switch">
      <input
        id={id}
        type="checkbox"
        checked={shown === YES}
        onChange={event => {
          const wanted = event.target.checked ? YES : NO;
          setDraft(wanted);
          save(wanted);
        }}
        {...aria}
      />
      {label}
    </label>
  );
}

function Select(props: IControlProps) {
  const { id, label, options, shown, setDraft, save, aria } = props;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={shown}
        onChange={event => {
          setDraft(event.target.value);
          save(event.target.value);
        }}
        {...aria}
      >
        {options?.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  );
}

function Text(props: IControlProps) {
  const { id, label, kind, list, shown, setDraft, save, aria, tools } = props;
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        autoComplete="off"
        inputMode={kind === 'number' ? 'numeric' : undefined}
        list={list}
        placeholder={
          kind === 'words' ? tools.trans.__('separated by commas') : undefined
        }
        value={shown}
        onChange={event => {
          setDraft(event.target.value);
        }}
        onBlur={() => {
          save(shown);
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') {
            save(shown);
          }
        }}
        {...aria}
      />
    </>
  );
}

import React from 'react';
import type { DailyDetail } from '../schemas';
import * as select from '../state';
import type { ITutorState } from '../state';
import { isHinting } from '../talk';
import type { ICoachState } from '../talk';
import { CommandIDs } from '../tokens';
import { Because } from './because';
import { Button } from './button';
import { Mark, dayMark } from './marks';
import type { ITools } from './tools';
import { kindWord, levelWord, numberWord, statusWord } from './words';

interface ICardProps {
  daily: DailyDetail;
  state: ITutorState;
  coach: ICoachState;
  tools: ITools;
}

/** What the exercise is about, how it stands, and what can be done with it. */
export function Card(props: ICardProps): React.JSX.Element {
  const { daily, state, tools } = props;
  const { trans } = tools;
  const facts = [
    kindWord(daily.kind, tools),
    levelWord(daily.difficulty, tools),
    trans._n('%1 minute', '%1 minutes', daily.minutes)
  ];
  return (
    <section className="jp-Tutor-card" aria-labelledby="jp-Tutor-exercise">
      <h3 id="jp-Tutor-exercise">{daily.title}</h3>
      <p className="jp-Tutor-facts">{facts.join(' · ')}</p>
      {daily.topics.length > 0 && (
        <ul className="jp-Tutor-topics" aria-label={trans.__('Topics')}>
          {daily.topics.map(topic => (
            <li key={topic}>{topic}</li>
          ))}
        </ul>
      )}
      <p className="jp-Tutor-status">
        <Mark name={dayMark(daily)} /> {statusWord(daily, tools)}
        {daily.best_score !== null &&
          ` · ${trans.__('best score %1', numberWord(daily.best_score, tools))}`}
      </p>
      {daily.status === 'skipped' && (
        <p>{trans.__('It counts as not done. You can still try it.')}</p>
      )}
      {daily.status === 'completed' && !daily.passed && (
        <p>{trans.__('It earns no streak. You can still submit it.')}</p>
      )}
      <Goals daily={daily} tools={tools} />
      <Because reasons={daily.because} tools={tools} />
      <Actions {...props} />
      {select.isUnfinished(daily) && (
        <Closing daily={daily} state={state} tools={tools} />
      )}
    </section>
  );
}

function Goals(props: { daily: DailyDetail; tools: ITools }) {
  const { daily, tools } = props;
  const lists: [string, string[]][] = [
    [tools.trans.__('You will practise'), daily.objectives],
    [tools.trans.__('You are done when'), daily.success_criteria]
  ];
  const filled = lists.filter(([, items]) => items.length > 0);
  if (filled.length === 0) {
    return null;
  }
  return (
    <details className="jp-Tutor-goals">
      <summary>{tools.trans.__('Objectives and success criteria')}</summary>
      {filled.map(([heading, items]) => (
        <React.Fragment key={heading}>
          <h4>{heading}</h4>
          <ul>
            {items.map(item => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </React.Fragment>
      ))}
    </details>
  );
}

function Actions({ daily, state, coach, tools }: ICardProps) {
  const { trans, execute } = tools;
  const { id } = daily;
  const isHere = select.isHere(state, daily);
  const running = id in state.runs;
  const hinting = isHinting(coach, id);
  const { hints_asked, hints_total } = daily;
  return (
    <div className="jp-Tutor-actions">
      {!isHere && (
        <Button
          primary
          disabled={state.busy !== null}
          onClick={() => {
            execute(CommandIDs.open, id);
          }}
        >
          {state.busy === 'open' ? trans.__('Opening…') : trans.__('Open')}
        </Button>
      )}
      <Button
        primary={isHere}
        disabled={!select.canSubmit(state, id)}
        onClick={() => {
          execute(CommandIDs.submit, id);
        }}
      >
        {running ? trans.__('Checking…') : trans.__('Submit')}
      </Button>
      <Button
        disabled={!select.canHint(state, id) || hinting}
        title={
          hints_total === 0 || hints_asked > hints_total
            ? trans.__('Hints cost nothing. %1 asked.', hints_asked)
            : trans.__(
                'Hints cost nothing. %1 of %2 asked.',
                hints_asked,
                hints_total
              )
        }
        onClick={() => {
          execute(CommandIDs.hint, id);
        }}
      >
        {hinting ? trans.__('Thinking…') : trans.__('Hint')}
      </Button>
    </div>
  );
}

/** The two ways to end an exercise without passing it. */
function Closing({ daily, state, tools }: Omit<ICardProps, 'coach'>) {
  const { trans, execute } = tools;
  return (
    <div className="jp-Tutor-actions">
      <Button
        quiet
        disabled={!select.canComplete(state, daily.id)}
        onClick={() => {
          execute(CommandIDs.complete, daily.id);
        }}
      >
        {trans.__('Complete')}
      </Button>
      {daily.is_today && (
        <Button
          quiet
          disabled={!select.canSkip(state, daily.id)}
          onClick={() => {
            execute(CommandIDs.skip, daily.id);
          }}
        >
          {trans.__('Skip (%1 left)', daily.skips_left)}
        </Button>
      )}
    </div>
  );
}

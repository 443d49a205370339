import React from 'react';
import type { Check, DailyDetail, Progress, Verdict } from '../schemas';
import type { IRun } from '../state';
import type { ISpeaking } from '../talk';
import { Beyond } from './beyond';
import { Feedback } from './feedback';
import { Mark, checkMark } from './marks';
import { Message } from './message';
import type { ITools } from './tools';
import {
  checkParts,
  checkWord,
  numberWord,
  runSentence,
  streakSentence,
  verdictSentence
} from './words';

interface IResultsProps {
  daily: DailyDetail;
  run: IRun | null;
  progress: Progress | null;
  /** On the latest submission. */
  feedback: ISpeaking | undefined;
  tools: ITools;
}

/** The submission on its way, else the latest verdict. The summary is always there, so that changes are read out. */
export function Results(props: IResultsProps): React.JSX.Element {
  const { daily, run, progress, feedback, tools } = props;
  const { latest } = daily;
  const verdict = run ? null : (latest?.verdict ?? null);
  const failed = !run && latest?.status === 'failed';
  const problem = latest?.problem ?? '';
  const tone = failed || verdict?.passed === false ? 'failed' : '';
  return (
    <section aria-labelledby="jp-Tutor-results">
      <h3
        id="jp-Tutor-results"
        className={run || verdict || failed ? undefined : 'jp-Tutor-hidden'}
      >
        {tools.trans.__('Results')}
      </h3>
      <div
        className={`jp-Tutor-summary jp-mod-${verdict?.passed ? 'passed' : tone}`}
        role="status"
        aria-live="polite"
      >
        {run && <p>{runSentence(run, tools)}</p>}
        {failed && <p>{tools.trans.__('The check did not finish.')}</p>}
        {verdict && <p>{verdictSentence(verdict, tools)}</p>}
        {verdict?.passed && daily.is_today && progress?.current_streak ? (
          <p>{streakSentence(progress, tools)}</p>
        ) : null}
      </div>
      {run && <Bar run={run} tools={tools} />}
      {run && <RunChecks run={run} tools={tools} />}
      {failed && <Message text={problem} />}
      {verdict && <Graded verdict={verdict} tools={tools} />}
      {verdict && latest && (
        <Feedback said={feedback} submissionId={latest.id} tools={tools} />
      )}
    </section>
  );
}

function Bar({ run, tools }: { run: IRun; tools: ITools }) {
  const known = run.total > 0;
  const percent = known ? Math.round((100 * run.done) / run.total) : 0;
  return (
    <div
      className={`jp-Tutor-bar${known ? '' : ' jp-mod-indeterminate'}`}
      role="progressbar"
      aria-label={tools.trans.__('Checks')}
      aria-valuemin={0}
      aria-valuemax={known ? run.total : undefined}
      aria-valuenow={known ? run.done : undefined}
      aria-valuetext={
        known
          ? tools.trans.__('%1 of %2', run.done, run.total)
          : runSentence(run, tools)
      }
    >
      <div style={known ? { width: `${percent}%` } : undefined} />
    </div>
  );
}

function RunChecks({ run, tools }: { run: IRun; tools: ITools }) {
  const expected = run.expected.length || run.total;
  const rows = Math.max(run.checks.length, expected);
  return (
    <ol className="jp-Tutor-checks">
      {Array.from({ length: rows }, (_, index) => {
        const name =
          run.expected[index] ?? tools.trans.__('Check %1', index + 1);
        const check = run.checks[index];
        return <Row key={index} name={name} check={check} tools={tools} />;
      })}
    </ol>
  );
}

function Graded({ verdict, tools }: { verdict: Verdict; tools: ITools }) {
  return (
    <>
      <Message text={verdict.message} />
      <Score verdict={verdict} tools={tools} />
      <ol className="jp-Tutor-checks">
        {verdict.checks.map((check, index) => (
          <Row key={index} name={check.name} check={check} tools={tools} />
        ))}
      </ol>
      <Beyond verdict={verdict} tools={tools} />
      {verdict.manual.length > 0 && (
        <p className="jp-Tutor-facts">
          {tools.trans.__('Graded by a person: %1', verdict.manual.join(', '))}
        </p>
      )}
    </>
  );
}

/** Score and points, and what the score is made of. */
function Score({ verdict, tools }: { verdict: Verdict; tools: ITools }) {
  const { trans } = tools;
  const { criteria, points, max_points, score } = verdict;
  const parts: [string, number | null][] = [
    [trans.__('Correctness'), criteria.correctness],
    [trans.__('Quality'), criteria.quality],
    [trans.__('Efficiency'), criteria.efficiency],
    [trans.__('Style'), criteria.style]
  ];
  const shown = parts.flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${numberWord(value, tools)}`]
  );
  return (
    <>
      <dl className="jp-Tutor-figures">
        {score !== null && (
          <Figure
            name={trans.__('Score')}
            value={trans.__('%1 of 100', numberWord(score, tools))}
          />
        )}
        {max_points > 0 && (
          <Figure
            name={trans.__('Points')}
            value={trans.__(
              '%1 of %2',
              numberWord(points, tools),
              numberWord(max_points, tools)
            )}
          />
        )}
      </dl>
      {shown.length > 0 && (
        <p className="jp-Tutor-facts">{shown.join(' · ')}</p>
      )}
    </>
  );
}

export function Figure(props: { name: string; value: string }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

interface IRowProps {
  name: string;
  /** Missing while it is waited for. */
  check: Check | undefined;
  tools: ITools;
}

function Row({ name, check, tools }: IRowProps) {
  const status = check?.status ?? 'waiting';
  const words = check && checkParts(check);
  const id = check?.name ?? name;
  return (
    <li className={`jp-Tutor-check jp-mod-${status}`}>
      <Mark name={checkMark(status)} />
      <div className="jp-Tutor-checkName">
        {words?.title ? (
          <span title={id}>{words.title}</span>
        ) : (
          <code>{id}</code>
        )}
        {check?.visible === false && (
          <span className="jp-Tutor-badge">{tools.trans.__('hidden')}</span>
        )}
      </div>
      <span className="jp-Tutor-word">{checkWord(status, tools)}</span>
      {words?.reason && status !== 'passed' && <Message text={words.reason} />}
    </li>
  );
}

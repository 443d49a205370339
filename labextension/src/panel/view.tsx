import React from 'react';
import { STRANGER } from '../learner';
import type { ILearnerState } from '../learner';
import type { DailyDetail } from '../schemas';
import { ready } from '../slot';
import * as select from '../state';
import type { ITutorState, Notice } from '../state';
import type { ICoachState } from '../talk';
import { CommandIDs } from '../tokens';
import { Another } from './another';
import { Button } from './button';
import { Card } from './card';
import { Chat } from './chat';
import { DataSection } from './data';
import { Hints } from './hints';
import { refusalSentence } from './learner-words';
import { MemorySection } from './memory';
import { NewsBox } from './news';
import { Onboarding } from './onboarding';
import { ProfileSection } from './profile';
import { ProgressSection } from './progress';
import { Results } from './results';
import { Message } from './message';
import type { ITools } from './tools';
import { dateWord } from './words';

interface IViewProps {
  state: ITutorState;
  coach: ICoachState;
  learner?: ILearnerState;
  tools: ITools;
}

/** The whole side panel. */
export function TutorView(props: IViewProps): React.JSX.Element {
  const { state, coach, learner = STRANGER, tools } = props;
  const heading = React.useRef<HTMLHeadingElement>(null);
  const slot = select.shownSlot(state);
  const daily = ready(slot);
  return (
    <>
      <Onboarding slot={learner.profile} heir={heading} tools={tools} />
      <NewsBox
        news={learner.news}
        progress={ready(state.progress)}
        heir={heading}
        tools={tools}
      />
      <Heading daily={daily} titleRef={heading} tools={tools} />
      {state.offline && <Offline tools={tools} />}
      {state.notice && !state.offline && (
        <NoticeBox notice={state.notice} tools={tools} />
      )}
      {daily && <Exercise daily={daily} {...props} />}
      {slot.phase === 'loading' && !state.offline && <Loading tools={tools} />}
      {slot.phase === 'empty' && (
        <Nothing detail={slot.detail} here={state.hereId} tools={tools} />
      )}
      {slot.phase === 'problem' && (
        <section role="alert">
          <h3>{tools.trans.__('The exercise could not be loaded')}</h3>
          <Message text={slot.detail} />
          <Retry tools={tools} />
        </section>
      )}
      <Another state={state} tools={tools} />
      {!(slot.phase === 'problem' && state.progress.phase === 'problem') && (
        <ProgressSection slot={state.progress} tools={tools} />
      )}
      <ProfileSection slot={learner.profile} tools={tools} />
      <MemorySection slot={coach.memory} tools={tools} />
      <DataSection tools={tools} />
    </>
  );
}

interface IHeadingProps {
  daily: DailyDetail | null;
  titleRef: React.Ref<HTMLHeadingElement>;
  tools: ITools;
}

function Heading({ daily, titleRef, tools }: IHeadingProps) {
  const { trans } = tools;
  if (daily?.is_today === false) {
    return (
      <div className="jp-Tutor-header">
        <h2 ref={titleRef} tabIndex={-1}>
          {trans.__('Exercise of %1', dateWord(daily.date, tools))}
        </h2>
        <p className="jp-Tutor-elsewhere">
          {trans.__('Not today’s exercise')}
          <ToToday tools={tools} />
        </p>
      </div>
    );
  }
  return (
    <div className="jp-Tutor-header">
      <h2 ref={titleRef} tabIndex={-1}>
        {trans.__('Today’s exercise')}
      </h2>
      {daily && (
        <time dateTime={daily.date}>{dateWord(daily.date, tools)}</time>
      )}
    </div>
  );
}

function ToToday({ tools }: { tools: ITools }) {
  return (
    <Button
      quiet
      onClick={() => {
        tools.execute(CommandIDs.openToday);
      }}
    >
      {tools.trans.__('Go to today’s')}
    </Button>
  );
}

interface INothingProps {
  detail: string;
  /** The daily of the notebook in front, which the server does not know. */
  here: string | null;
  tools: ITools;
}

function Nothing({ detail, here, tools }: INothingProps) {
  const { trans } = tools;
  return (
    <section>
      <h3>
        {here === null
          ? trans.__('No exercise today')
          : trans.__('Nothing is kept of this notebook’s exercise')}
      </h3>
      <Message text={detail} />
      {here !== null && <ToToday tools={tools} />}
    </section>
  );
}

function Exercise(props: IViewProps & { daily: DailyDetail }) {
  const { daily, state, coach, tools } = props;
  const model = ready(state.languageModel);
  const { latest } = daily;
  return (
    // another daily starts afresh: nothing of it is read out as news
    <React.Fragment key={daily.id}>
      <Card daily={daily} state={state} coach={coach} tools={tools} />
      <Results
        daily={daily}
        run={state.runs[daily.id] ?? null}
        progress={ready(state.progress)}
        feedback={latest ? coach.feedback[latest.id] : undefined}
        tools={tools}
      />
      <Hints
        daily={daily}
        said={coach.hints[daily.id]}
        byModel={model?.off === ''}
        tools={tools}
      />
      <Chat daily={daily} state={state} coach={coach} tools={tools} />
    </React.Fragment>
  );
}

function Loading({ tools }: { tools: ITools }) {
  return (
    <section className="jp-Tutor-loading" aria-busy="true">
      <p>{tools.trans.__('Loading the exercise…')}</p>
      <div aria-hidden="true" />
      <div aria-hidden="true" />
      <div aria-hidden="true" />
    </section>
  );
}

function Offline({ tools }: { tools: ITools }) {
  return (
    <section className="jp-Tutor-notice" role="alert">
      <h3>{tools.trans.__('The server cannot be reached')}</h3>
      <p>
        {tools.trans.__('Your notebook stays as it is. Trying again soon.')}
      </p>
      <Retry tools={tools} />
    </section>
  );
}

function Retry({ tools }: { tools: ITools }) {
  return (
    <Button
      onClick={() => {
        tools.execute(CommandIDs.refresh);
      }}
    >
      {tools.trans.__('Retry')}
    </Button>
  );
}

function NoticeBox({ notice, tools }: { notice: Notice; tools: ITools }) {
  return (
    <section className="jp-Tutor-notice" role="alert">
      <Message text={noticeSentence(notice, tools)} />
      <Button quiet onClick={tools.dismissNotice}>
        {tools.trans.__('Dismiss')}
      </Button>
    </section>
  );
}

function noticeSentence(notice: Notice, tools: ITools): string {
  const { trans } = tools;
  switch (notice.kind) {
    case 'problem':
    case 'unreachable':
      return refusalSentence(notice, tools);
    case 'save-failed':
      return trans.__(
        'The notebook could not be saved. What is on your screen was submitted all the same.'
      );
    case 'replaced':
      return trans.__(
        'The exercise of this notebook was replaced by another one: open that one to go on. What you wrote here stays.'
      );
  }
}

import React from 'react';
import type { Progress } from '../schemas';
import type { Slot } from '../slot';
import { Badges } from './badges';
import { Levels } from './levels';
import { Mark, dayMark } from './marks';
import { Message } from './message';
import { Figure } from './results';
import { Skills } from './skills';
import type { ITools } from './tools';
import { dateWord, daysWord, levelWord, statusWord } from './words';

const DAYS = 14;

interface IProgressProps {
  slot: Slot<Progress>;
  tools: ITools;
}

/** Streak, level, the last two weeks, badges, and what is known. */
export function ProgressSection(
  props: IProgressProps
): React.JSX.Element | null {
  const { slot, tools } = props;
  if (slot.phase === 'loading') {
    return null;
  }
  return (
    <section aria-labelledby="jp-Tutor-progress">
      <h3 id="jp-Tutor-progress">{tools.trans.__('Progress')}</h3>
      {slot.phase === 'ready' ? (
        <>
          <Figures progress={slot.value} tools={tools} />
          <Calendar progress={slot.value} tools={tools} />
          <StreakRule rule={slot.value.streak_rule} tools={tools} />
          <Levels history={slot.value.level_history} tools={tools} />
          <Badges badges={slot.value.badges} tools={tools} />
          <Skills
            skills={slot.value.skills}
            today={slot.value.today}
            tools={tools}
          />
        </>
      ) : (
        <Message text={slot.detail} />
      )}
    </section>
  );
}

function Figures(props: { progress: Progress; tools: ITools }) {
  const { progress, tools } = props;
  const { trans } = tools;
  return (
    <dl className="jp-Tutor-figures">
      <Figure
        name={trans.__('Streak')}
        value={daysWord(progress.current_streak, tools)}
      />
      <Figure
        name={trans.__('Longest')}
        value={daysWord(progress.longest_streak, tools)}
      />
      <Figure name={trans.__('Completed')} value={String(progress.completed)} />
      <Figure
        name={trans.__('Level')}
        value={levelWord(progress.level, tools)}
      />
    </dl>
  );
}

function StreakRule({ rule, tools }: { rule: string; tools: ITools }) {
  return rule === '' ? null : (
    <details>
      <summary>{tools.trans.__('How the streak counts')}</summary>
      <p className="jp-Tutor-facts">{rule}</p>
    </details>
  );
}

function Calendar(props: { progress: Progress; tools: ITools }) {
  const { progress, tools } = props;
  const days = progress.calendar.slice(-DAYS);
  return (
    <ol
      className="jp-Tutor-days"
      aria-label={tools.trans.__('Last %1 days', days.length)}
    >
      {days.map(day => {
        const label = `${dateWord(day.date, tools)}: ${statusWord(day, tools)}`;
        const isToday = day.date === progress.today;
        return (
          <li
            key={day.date}
            title={label}
            aria-current={isToday ? 'date' : undefined}
          >
            <Mark name={dayMark(day)} />
            <span className="jp-Tutor-hidden">{label}</span>
          </li>
        );
      })}
    </ol>
  );
}

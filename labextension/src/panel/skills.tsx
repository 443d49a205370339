import React from 'react';
import type { Skill } from '../schemas';
import { skillSentence, topicWord } from './learner-words';
import { Radar } from './radar';
import type { ITools } from './tools';

/** Topics that are shown at first. */
const FIRST = 6;

interface ISkillsProps {
  skills: readonly Skill[];
  /** The learner's local date. */
  today: string;
  tools: ITools;
}

/** How well each topic is known: a radar, and the same as bars with words. */
export function Skills(props: ISkillsProps): React.JSX.Element | null {
  const { skills, tools } = props;
  const { trans } = tools;
  if (skills.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{trans.__('What you know')}</h4>
      <p className="jp-Tutor-facts">
        {trans.__('The chance to solve a typical exercise at once.')}
      </p>
      <Radar skills={skills} tools={tools} />
      <Bars {...props} skills={skills.slice(0, FIRST)} />
      {skills.length > FIRST && (
        <details>
          <summary>
            {trans.__('More topics (%1)', skills.length - FIRST)}
          </summary>
          <Bars {...props} skills={skills.slice(FIRST)} />
        </details>
      )}
    </>
  );
}

function Bars({ skills, today, tools }: ISkillsProps) {
  return (
    <ul className="jp-Tutor-skills">
      {skills.map(skill => (
        <li key={skill.topic}>
          <p>
            {topicWord(skill.topic)}
            {skill.mastered && (
              <span className="jp-Tutor-badge">
                {tools.trans.__('mastered')}
              </span>
            )}
          </p>
          <div className="jp-Tutor-mastery" aria-hidden="true">
            <div className="jp-mod-mean" style={{ width: `${skill.mean}%` }} />
            <div
              className="jp-mod-band"
              style={{
                left: `${skill.low}%`,
                width: `${skill.high - skill.low}%`
              }}
            />
          </div>
          <p className="jp-Tutor-facts">{skillSentence(skill, today, tools)}</p>
        </li>
      ))}
    </ul>
  );
}

import React from 'react';
import type { Badge } from '../schemas';
import { Emblem } from './emblem';
import { badgeSentence } from './learner-words';
import type { ITools } from './tools';

/** Badges that are not earned, shown at first. */
const NEXT = 3;

interface IBadgesProps {
  badges: readonly Badge[];
  tools: ITools;
}

/** Badges that were earned, and those that are nearest. */
export function Badges(props: IBadgesProps): React.JSX.Element | null {
  const { badges, tools } = props;
  const { trans } = tools;
  const earned = badges.filter(badge => badge.earned !== null);
  const open = badges.filter(badge => badge.earned === null);
  if (badges.length === 0) {
    return null;
  }
  return (
    <>
      <h4>{trans.__('Badges')}</h4>
      {earned.length === 0 && (
        <p className="jp-Tutor-facts">{trans.__('None yet.')}</p>
      )}
      <List badges={earned} tools={tools} />
      {open.length > 0 && (
        <>
          <h4>{trans.__('Next badges')}</h4>
          <List badges={open.slice(0, NEXT)} tools={tools} />
        </>
      )}
      {open.length > NEXT && (
        <details>
          <summary>{trans.__('More badges (%1)', open.length - NEXT)}</summary>
          <List badges={open.slice(NEXT)} tools={tools} />
        </details>
      )}
    </>
  );
}

function List({ badges, tools }: IBadgesProps) {
  return (
    <ul className="jp-Tutor-badges">
      {badges.map(badge => (
        <li key={badge.key}>
          <Emblem icon={badge.icon} earned={badge.earned !== null} />
          <div>
            <p>
              <strong>{badge.title}</strong>
            </p>
            <p className="jp-Tutor-facts">
              {badge.text} {badgeSentence(badge, tools)}
            </p>
            {badge.earned === null && (
              <meter
                min={0}
                max={badge.need}
                value={badge.have}
                aria-label={badge.title}
                aria-valuetext={badgeSentence(badge, tools)}
              />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

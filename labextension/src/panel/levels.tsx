import React from 'react';
import type { LevelChange } from '../schemas';
import type { ITools } from './tools';
import { dateWord, levelWord } from './words';

interface ILevelsProps {
  /** Oldest first. */
  history: readonly LevelChange[];
  tools: ITools;
}

/** How the level went, the latest step first, each with its reason. */
export function Levels(props: ILevelsProps): React.JSX.Element | null {
  const { history, tools } = props;
  if (history.length === 0) {
    return null;
  }
  return (
    <details>
      <summary>{tools.trans.__('How your level went')}</summary>
      <ul className="jp-Tutor-levels">
        {history.toReversed().map(({ date, level, reason }, index) => (
          <li key={index}>
            <strong>{levelWord(level, tools)}</strong>{' '}
            <time className="jp-Tutor-facts" dateTime={date}>
              {dateWord(date, tools)}
            </time>
            <p>{reason}</p>
          </li>
        ))}
      </ul>
    </details>
  );
}

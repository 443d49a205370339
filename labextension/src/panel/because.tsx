import React from 'react';
import { Prose } from './message';
import type { ITools } from './tools';

interface IBecauseProps {
  reasons: readonly string[];
  tools: ITools;
}

/** Why the exercise was chosen: the strongest reason in sight, the others folded. */
export function Because(props: IBecauseProps): React.JSX.Element | null {
  const { trans } = props.tools;
  const [first, ...others] = props.reasons;
  if (first === undefined) {
    return null;
  }
  return (
    <div className="jp-Tutor-because">
      <h4>{trans.__('Why this one')}</h4>
      <p>
        <Prose text={first} />
      </p>
      {others.length > 0 && (
        <details>
          <summary>
            {trans._n('%1 more reason', '%1 more reasons', others.length)}
          </summary>
          <ul>
            {others.map(reason => (
              <li key={reason}>
                <Prose text={reason} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

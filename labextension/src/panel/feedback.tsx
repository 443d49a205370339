import React from 'react';
import type { ISpeaking } from '../talk';
import { MarkdownText } from './markdown';
import type { ITools } from './tools';

interface IFeedbackProps {
  /** Missing where there is none. */
  said: ISpeaking | undefined;
  submissionId: string;
  tools: ITools;
}

/** What the tutor says about the latest submission; a verdict never waits for it. */
export function Feedback(props: IFeedbackProps): React.JSX.Element | null {
  const { said, submissionId, tools } = props;
  // feedback on what was submitted before is no news
  const old = React.useRef(submissionId);
  if (!said) {
    return null;
  }
  return (
    <div className="jp-Tutor-feedback">
      <h4>{tools.trans.__('Feedback')}</h4>
      {said.text === '' && (
        <p className="jp-Tutor-facts">
          {tools.trans.__('Looking at your answer…')}
        </p>
      )}
      <MarkdownText
        key={submissionId}
        text={said.text}
        growing={said.whole === null}
        isNew={submissionId !== old.current}
        tools={tools}
      />
    </div>
  );
}

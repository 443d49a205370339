import React from 'react';
import type { DailyDetail } from '../schemas';
import type { ITools } from './tools';

interface IHintsProps {
  daily: DailyDetail;
  asking: boolean;
  tools: ITools;
}

/** The hints asked so far, the latest one open. */
export function Hints(props: IHintsProps): React.JSX.Element {
  const { daily, asking, tools } = props;
  const { hints } = daily;
  // hints that come later are scrolled to
  const old = React.useRef(hints.length);
  return (
    <section aria-labelledby="jp-Tutor-hints">
      <h3
        id="jp-Tutor-hints"
        className={asking || hints.length ? undefined : 'jp-Tutor-hidden'}
      >
        {tools.trans.__('Hints')}
      </h3>
      <div aria-live="polite">
        {hints.map((hint, index) => (
          <details
            key={hint.rung}
            className="jp-Tutor-hint"
            open={index === hints.length - 1}
          >
            <summary>
              {tools.trans.__('Hint %1 of %2', hint.rung, hint.of)}
            </summary>
            <Markdown
              text={hint.text}
              isNew={index >= old.current}
              tools={tools}
            />
          </details>
        ))}
        {asking && <p>{tools.trans.__('Looking for the next hint…')}</p>}
      </div>
    </section>
  );
}

interface IMarkdownProps {
  text: string;
  isNew: boolean;
  tools: ITools;
}

function Markdown({ text, isNew, tools }: IMarkdownProps) {
  const host = React.useRef<HTMLDivElement>(null);
  const { renderMarkdown } = tools;
  // a layout effect is undone while the host is still in the document, as Lumino demands
  React.useLayoutEffect(() => {
    const { current } = host;
    if (!current) {
      return;
    }
    return renderMarkdown(text, current, () => {
      if (isNew) {
        current.parentElement?.scrollIntoView({ block: 'nearest' });
      }
    });
  }, [text, isNew, renderMarkdown]);
  return <div className="jp-Tutor-markdown" ref={host} />;
}

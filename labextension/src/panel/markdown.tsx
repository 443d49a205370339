import React from 'react';
import type { IMarkdown, ITools } from './tools';

interface IMarkdownProps {
  text: string;
  /** Whether the text is still growing. */
  growing?: boolean;
  /** Whether it came while the learner was here: then it is scrolled to, and read out when it is complete. */
  isNew?: boolean;
  tools: ITools;
}

/** What the tutor says. */
export function MarkdownText(props: IMarkdownProps): React.JSX.Element {
  const { text, growing = false, isNew = false, tools } = props;
  const { createMarkdown, announce } = tools;
  const host = React.useRef<HTMLDivElement>(null);
  const markdown = React.useRef<IMarkdown | null>(null);
  const scrolled = React.useRef(false);
  // a layout effect is undone while the host is still in the document, as Lumino demands
  React.useLayoutEffect(() => {
    if (!host.current) {
      return;
    }
    const created = createMarkdown(host.current);
    markdown.current = created;
    return () => {
      created.dispose();
    };
  }, [createMarkdown]);
  React.useLayoutEffect(() => {
    let stale = false;
    void markdown.current?.draw(text).then(() => {
      if (stale || !isNew || text === '') {
        return;
      }
      // not at each piece: the learner may be reading elsewhere
      if (!scrolled.current || !growing) {
        scrolled.current = true;
        host.current?.parentElement?.scrollIntoView({ block: 'nearest' });
      }
      if (!growing) {
        announce(host.current?.textContent ?? '');
      }
    });
    return () => {
      stale = true;
    };
  }, [text, growing, isNew, announce]);
  return <div className="jp-Tutor-markdown" ref={host} />;
}

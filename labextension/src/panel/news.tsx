import React from 'react';
import type { Badge, News, Progress } from '../schemas';
import { Button } from './button';
import { Emblem } from './emblem';
import type { ITools } from './tools';

interface INewsProps {
  news: readonly News[];
  progress: Progress | null;
  /** Gets the focus when the news go. */
  heir: React.RefObject<HTMLElement>;
  tools: ITools;
}

/** What the learner is told once. The place is always there, so that news are read out. */
export function NewsBox(props: INewsProps): React.JSX.Element {
  const { news, progress, heir, tools } = props;
  const { trans, learner } = tools;
  React.useEffect(() => {
    if (news.length > 0 && tools.isInSight()) {
      learner.show(news.map(({ key }) => key));
    }
  });
  return (
    <>
      <div aria-live="polite">
        {news.length > 0 && (
          <ul className="jp-Tutor-news" aria-label={trans.__('News')}>
            {news.map(item => (
              <li key={item.key} className={`jp-mod-${item.kind}`}>
                {item.kind === 'badge' && (
                  <Celebration icon={iconOf(item, progress)} />
                )}
                <div>
                  <p>
                    <strong>{item.title}</strong>
                  </p>
                  <p>{item.text}</p>
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
      {news.length > 0 && (
        <Button
          quiet
          onClick={() => {
            heir.current?.focus();
            learner.show(news.map(({ key }) => key));
            learner.dismissNews();
          }}
        >
          {trans.__('Got it')}
        </Button>
      )}
    </>
  );
}

/** The news of a badge have its key. */
function iconOf({ key }: News, progress: Progress | null): Badge['icon'] {
  return progress?.badges.find(badge => badge.key === key)?.icon ?? 'medal';
}

function Celebration({ icon }: { icon: Badge['icon'] }) {
  return (
    <span className="jp-Tutor-celebration" aria-hidden="true">
      <Emblem icon={icon} earned />
      {Array.from({ length: 8 }, (_, index) => (
        <i key={index} />
      ))}
    </span>
  );
}

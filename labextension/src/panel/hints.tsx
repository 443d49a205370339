import React from 'react';
import type { DailyDetail, Hint } from '../schemas';
import type { ISpeaking } from '../talk';
import { MarkdownText } from './markdown';
import type { ITools } from './tools';
import { sourceWord } from './words';

interface IHintsProps {
  daily: DailyDetail;
  /** The hint that is being given or was given last. */
  said: ISpeaking | undefined;
  /** Whether it comes from a language model. */
  byModel: boolean;
  tools: ITools;
}

interface IShown extends Omit<Hint, 'source'> {
  /** Null while it is not known. */
  source: Hint['source'] | null;
  growing: boolean;
}

/** The hints asked so far, the latest one open. */
export function Hints(props: IHintsProps): React.JSX.Element {
  const { daily, said, tools } = props;
  const { trans } = tools;
  const hints = shownHints(props);
  const asking = said?.whole === null;
  // while nothing else was said, the reason stands below
  const replaced =
    said?.text === '' ? null : (said?.whole?.rung ?? hints.length);
  // hints that come later are scrolled to
  const old = React.useRef(daily.hints.length);
  return (
    <section aria-labelledby="jp-Tutor-hints">
      <h3
        id="jp-Tutor-hints"
        className={asking || hints.length ? undefined : 'jp-Tutor-hidden'}
      >
        {trans.__('Hints')}
      </h3>
      {hints.map((hint, index) => (
        <Row
          key={hint.rung}
          hint={hint}
          open={index === hints.length - 1}
          isNew={index >= old.current}
          note={hint.rung === replaced ? (said?.withdrawn ?? '') : ''}
          tools={tools}
        />
      ))}
      <div role="status" aria-live="polite" className="jp-Tutor-facts">
        {asking && said.text === '' && (
          <p>{said.withdrawn || trans.__('Looking for the next hint…')}</p>
        )}
        {said?.whole?.again && (
          <Again key={said.whole.id} rung={said.whole.rung} tools={tools} />
        )}
      </div>
    </section>
  );
}

/** The hints of the daily, and the one that is on its way. */
function shownHints({ daily, said, byModel }: IHintsProps): IShown[] {
  const given = daily.hints.map(hint => ({ ...hint, growing: false }));
  if (!said || said.text === '' || said.whole?.again) {
    return given;
  }
  const { whole, text } = said;
  const rung = whole?.rung ?? given.length + 1;
  if (whole && given.some(hint => hint.rung === rung)) {
    return given;
  }
  const source = whole?.source ?? (byModel ? 'model' : null);
  const of = daily.hints_total;
  return [...given, { rung, of, text, source, growing: !whole }];
}

interface IRowProps {
  hint: IShown;
  open: boolean;
  isNew: boolean;
  note: string;
  tools: ITools;
}

function Row({ hint, open, isNew, note, tools }: IRowProps) {
  const { rung, of, source } = hint;
  const { trans } = tools;
  const label = source === null ? '' : sourceWord(source, tools);
  return (
    <details className="jp-Tutor-hint" data-rung={rung} open={open}>
      <summary>
        {rung > of
          ? trans.__('Hint %1', rung)
          : trans.__('Hint %1 of %2', rung, of)}
      </summary>
      {label && <p className="jp-Tutor-source">{label}</p>}
      {note && <p className="jp-Tutor-facts">{note}</p>}
      <MarkdownText
        text={hint.text}
        growing={hint.growing}
        isNew={isNew}
        tools={tools}
      />
    </details>
  );
}

/** Says that a hint was given before, and leads to it. */
function Again({ rung, tools }: { rung: number | null; tools: ITools }) {
  const line = React.useRef<HTMLParagraphElement>(null);
  React.useEffect(() => {
    const hint = line.current
      ?.closest('section')
      ?.querySelector<HTMLDetailsElement>(`[data-rung="${rung ?? 0}"]`);
    if (hint) {
      hint.open = true;
      hint.scrollIntoView({ block: 'nearest' });
    }
  }, [rung]);
  return (
    <p ref={line}>
      {tools.trans.__(
        'There is nothing new to say: hint %1 is the last one so far. Change your code, then ask again.',
        rung ?? 0
      )}
    </p>
  );
}

import React from 'react';
import type { Finding, Verdict } from '../schemas';
import { Prose } from './message';
import type { ITools } from './tools';
import { numberWord } from './words';

interface IBeyondProps {
  verdict: Verdict;
  tools: ITools;
}

/** Scores beyond right and wrong and what to improve; folded, because it decides nothing. */
export function Beyond(props: IBeyondProps): React.JSX.Element | null {
  const { criteria, findings } = props.verdict;
  const { trans } = props.tools;
  const names: [Finding['criterion'], string][] = [
    ['quality', trans.__('Quality')],
    ['efficiency', trans.__('Efficiency')],
    ['style', trans.__('Style')]
  ];
  const measured = names.flatMap(([key, name]) => {
    const score = criteria[key];
    return score === null ? [] : [{ key, name, score }];
  });
  if (measured.length === 0) {
    return null;
  }
  return (
    <details className="jp-Tutor-beyond">
      <summary>
        {findings.length > 0
          ? trans.__('Beyond correctness (%1)', findings.length)
          : trans.__('Beyond correctness')}
      </summary>
      {measured.map(({ key, name, score }) => (
        <div key={key}>
          <h4>
            {trans.__('%1: %2 of 100', name, numberWord(score, props.tools))}
          </h4>
          <ul>
            {findings
              .filter(finding => finding.criterion === key)
              .map((finding, index) => (
                <Row key={index} finding={finding} tools={props.tools} />
              ))}
          </ul>
        </div>
      ))}
    </details>
  );
}

function Row({ finding, tools }: { finding: Finding; tools: ITools }) {
  const { cell, line, message } = finding;
  return (
    <li>
      <code>{cell}</code>
      {line === null ? ': ' : tools.trans.__(', line %1: ', line)}
      <Prose text={message} />
    </li>
  );
}

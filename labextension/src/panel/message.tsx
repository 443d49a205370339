import React from 'react';

/** Indented lines, prompts, frames of a traceback, calls and comparisons. */
const CODE =
  /^(\s{2,}|>>>|\.\.\.|Traceback|File ")|^[\w.]+(Error|Exception)\b|^[\w.]+\(.*\)|==/;

/** The reason of a check or a verdict, line for line; what looks like code is set as code. */
export function Message(props: { text: string }): React.JSX.Element | null {
  if (props.text.trim() === '') {
    return null;
  }
  return (
    <div className="jp-Tutor-message">
      {blocks(props.text).map(({ code, text }, index) =>
        code ? (
          <pre key={index}>{text}</pre>
        ) : (
          <p key={index}>
            <Prose text={text} />
          </p>
        )
      )}
    </div>
  );
}

/** Runs of lines that are all code or all prose. */
function blocks(text: string): { code: boolean; text: string }[] {
  const result: { code: boolean; text: string }[] = [];
  for (const line of text.replace(/^\n+|\s+$/g, '').split('\n')) {
    const code = CODE.test(line);
    const last = result.at(-1);
    if (last && (last.code === code || line === '')) {
      last.text += `\n${line}`;
    } else {
      result.push({ code, text: line });
    }
  }
  return result;
}

/** Backticks mark code inside prose. */
export function Prose(props: { text: string }): React.JSX.Element {
  const parts = props.text.split(/`([^`\n]+)`/);
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 ? <code key={index}>{part}</code> : part
      )}
    </>
  );
}

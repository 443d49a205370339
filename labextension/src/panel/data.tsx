import React from 'react';
import { CommandIDs } from '../tokens';
import { Button } from './button';
import { FieldNotes, describe } from './learner-field';
import { refusalSentence } from './learner-words';
import type { ITools } from './tools';

/** Everything that is kept of the learner, to be downloaded, taken in, and deleted. */
export function DataSection({ tools }: { tools: ITools }): React.JSX.Element {
  const { trans, execute } = tools;
  return (
    <section aria-labelledby="jp-Tutor-data">
      <details>
        <summary>
          <h3 id="jp-Tutor-data">{trans.__('Your data')}</h3>
        </summary>
        <p className="jp-Tutor-facts">
          {trans.__(
            'Everything that the tutor keeps of you is yours: profile, exercises, results, conversations and what it remembers.'
          )}
        </p>
        <div className="jp-Tutor-actions">
          <Button
            onClick={() => {
              execute(CommandIDs.downloadData);
            }}
          >
            {trans.__('Download everything')}
          </Button>
        </div>
        <TakeIn tools={tools} />
        <div className="jp-Tutor-actions">
          <Button
            onClick={() => {
              execute(CommandIDs.eraseData);
            }}
          >
            {trans.__('Delete everything…')}
          </Button>
        </div>
      </details>
    </section>
  );
}

const ID = 'jp-Tutor-archive';

function TakeIn({ tools }: { tools: ITools }) {
  const { trans, learner } = tools;
  const [busy, setBusy] = React.useState(false);
  const [refusal, setRefusal] = React.useState('');
  const note = trans.__(
    'A file that you downloaded here or elsewhere, as long as nothing is kept of you yet.'
  );
  const takeIn = async (file: File) => {
    setBusy(true);
    setRefusal('');
    const refused = await file
      .text()
      .then(text => learner.takeIn(text))
      .catch(() => unreadable(trans));
    setBusy(false);
    setRefusal(refusalSentence(refused, tools));
    if (!refused) {
      tools.announce(trans.__('The file was taken in.'));
    }
  };
  return (
    <div className="jp-Tutor-form">
      <FieldNotes id={ID} refusal={refusal} note={note}>
        <label htmlFor={ID}>
          {busy ? trans.__('Taking it in…') : trans.__('Take in a file')}
        </label>
        <input
          id={ID}
          type="file"
          accept=".json,application/json"
          aria-disabled={busy}
          onChange={event => {
            const { files } = event.target;
            const file = files?.[0];
            if (file && !busy) {
              void takeIn(file);
            }
            // the same file may be chosen again
            event.target.value = '';
          }}
          {...describe(ID, refusal, note)}
        />
      </FieldNotes>
    </div>
  );
}

function unreadable(trans: ITools['trans']) {
  return {
    kind: 'problem' as const,
    detail: trans.__('The file could not be read.')
  };
}

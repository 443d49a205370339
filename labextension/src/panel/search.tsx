import React from 'react';
import type { IHit, ISearch } from '../talk';
import { CommandIDs } from '../tokens';
import { Button } from './button';
import type { ITools } from './tools';
import { dateWord } from './words';

/** Characters of a message that are shown. */
const EXCERPT = 160;

interface ISearchProps {
  search: ISearch | null;
  tools: ITools;
}

/** Where the learner looks for something in all conversations. */
export function Search({ search, tools }: ISearchProps): React.JSX.Element {
  const { trans } = tools;
  const [words, setWords] = React.useState('');
  const find = () => {
    void tools.coach.search(words);
  };
  return (
    <details className="jp-Tutor-search">
      <summary>{trans.__('Search all conversations')}</summary>
      <form
        className="jp-Tutor-form"
        role="search"
        onSubmit={event => {
          event.preventDefault();
          find();
        }}
      >
        <label htmlFor="jp-Tutor-search">{trans.__('Words to look for')}</label>
        <input
          id="jp-Tutor-search"
          type="search"
          autoComplete="off"
          maxLength={200}
          value={words}
          onChange={event => {
            setWords(event.target.value);
          }}
        />
        <div className="jp-Tutor-actions">
          <Button disabled={words.trim() === ''} onClick={find}>
            {trans.__('Search')}
          </Button>
        </div>
      </form>
      <div role="status" aria-live="polite" className="jp-Tutor-facts">
        {search && <p>{searchSentence(search, tools)}</p>}
      </div>
      <ul className="jp-Tutor-hits">
        {search?.hits?.map(hit => (
          <Row
            key={`${hit.message.daily_id} ${hit.message.number}`}
            hit={hit}
            words={search.words}
            tools={tools}
          />
        ))}
      </ul>
    </details>
  );
}

function searchSentence({ hits, words }: ISearch, { trans }: ITools): string {
  if (hits === null) {
    return trans.__('Searching…');
  }
  return hits.length === 0
    ? trans.__('Nothing was said about “%1”.', words)
    : trans._n('%1 message', '%1 messages', hits.length);
}

function Row(props: { hit: IHit; words: string; tools: ITools }) {
  const { hit, words, tools } = props;
  const { trans } = tools;
  const { message, daily } = hit;
  const date = dateWord(daily?.date ?? message.at.slice(0, 10), tools);
  const title = daily ? trans.__('%1, %2', daily.title, date) : date;
  return (
    <li>
      <p className="jp-Tutor-elsewhere">
        {title}
        <Button
          quiet
          title={trans.__('Open “%1”', daily?.title ?? date)}
          onClick={() => {
            tools.execute(CommandIDs.open, message.daily_id);
          }}
        >
          {trans.__('Open')}
        </Button>
      </p>
      <p className="jp-Tutor-facts">
        {message.role === 'learner' ? trans.__('You: ') : trans.__('Tutor: ')}
        {excerpt(message.text, words)}
      </p>
    </li>
  );
}

/** The text around the first of the words that it holds. */
function excerpt(text: string, words: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  const first = plain.toLowerCase().indexOf(words.trim().toLowerCase());
  const start = Math.max(0, first - EXCERPT / 4);
  const end = start + EXCERPT;
  return [
    start > 0 ? '…' : '',
    plain.slice(start, end),
    end < plain.length ? '…' : ''
  ].join('');
}

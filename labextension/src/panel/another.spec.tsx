import React, { act } from 'react';
import { createRoot } from 'react-dom/client';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { INITIAL } from '../state';
import type { ITutorState } from '../state';
import { languageModel } from '../testing/samples';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import type { Writing } from '../writing';
import { Another } from './another';

let root: Root;
let host: HTMLElement;
const { tools } = panelTools();
const { execute, generate } = tools;

const running: Writing = {
  phase: 'running',
  id: 'g1',
  text: 'Writing a draft',
  try: 1,
  tries: 3,
  cancelling: false
};

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.clearAllMocks();
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => {
    root.unmount();
  });
  host.remove();
  vi.unstubAllGlobals();
});

function show(writing: Writing | null, change: Partial<ITutorState> = {}) {
  const state: ITutorState = {
    ...INITIAL,
    languageModel: { phase: 'ready', value: languageModel() },
    writing,
    ...change
  };
  act(() => {
    root.render(<Another state={state} tools={tools} />);
  });
}

const folded = () => host.querySelector('details')?.open === false;
const said = () => host.querySelector('[role=status]')?.textContent ?? '';
const button = (label: string) =>
  [...host.querySelectorAll('button')].find(b => b.textContent === label);

describe('another exercise', () => {
  it('is folded, and is there as soon as the server has told of the model', () => {
    show(null, { languageModel: { phase: 'loading' } });
    expect(host.textContent).toBe('');
    show(null);
    expect(folded()).toBe(true);
    expect(host.querySelector('summary')?.textContent).toBe('Another exercise');
    expect(host.textContent).toContain('Tokens used today: 1,200 of 200,000');
  });

  it('says in one sentence why there is no model, and offers nothing', () => {
    const off = 'The language model is switched off (`c.Tutor.model_on`).';
    const value = languageModel({ off });
    show(null, { languageModel: { phase: 'ready', value } });
    expect(host.querySelector('p')?.textContent).toBe(
      'The language model is switched off (c.Tutor.model_on).'
    );
    expect(host.querySelectorAll('button, input, p')).toHaveLength(1);
  });

  it('is asked for with a labelled topic, by button or by Enter', () => {
    show(null);
    const input = host.querySelector('input');
    const label = host.querySelector('label');
    expect(input?.maxLength).toBe(40);
    expect(label?.htmlFor).toBe(input?.id);
    act(() => {
      button('Write one')?.click();
    });
    expect(generate).toHaveBeenLastCalledWith('');
    act(() => {
      // past React's own setter, which would hide the change
      Reflect.set(HTMLInputElement.prototype, 'value', 'queues', input);
      input?.dispatchEvent(new Event('input', { bubbles: true }));
    });
    act(() => {
      host
        .querySelector('form')
        ?.dispatchEvent(
          new Event('submit', { bubbles: true, cancelable: true })
        );
    });
    expect(generate).toHaveBeenLastCalledWith('queues');
  });
});

describe('an exercise being written', () => {
  it('unfolds the section and tells its stage, and the try from the second on', () => {
    show(running);
    expect(folded()).toBe(false);
    expect(said()).toBe('Writing a draft…');
    const bar = host.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuetext')).toBe('Writing a draft…');
    show({ ...running, try: 2 });
    expect(said()).toBe('Writing a draft (try 2 of 3)…');
    show({ ...running, id: null, text: '' });
    expect(said()).toBe('Asking the language model…');
    expect(button('Writing…')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('can be cancelled once', () => {
    show(running);
    button('Cancel')?.click();
    expect(execute).toHaveBeenCalledWith(CommandIDs.cancelGeneration);
    show({ ...running, cancelling: true });
    expect(said()).toBe('Cancelling…');
    expect(button('Cancel')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('hands the focus on when Cancel goes', () => {
    show(running);
    button('Cancel')?.focus();
    show({ phase: 'cancelled' });
    expect(document.activeElement?.textContent).toBe('Write one');
  });

  it.each([
    [{ phase: 'written', today: true }, 'passed', 'it is today’s exercise'],
    [{ phase: 'written', today: false }, 'passed', 'kept for tomorrow'],
    [{ phase: 'failed', problem: 'No.' }, 'failed', 'No. Your exercises come'],
    [{ phase: 'failed', problem: '' }, 'failed', 'Nothing was written.'],
    [{ phase: 'refused', problem: 'No topic.' }, 'failed', 'No topic.'],
    [{ phase: 'refused', problem: '' }, 'failed', 'could not be reached'],
    [{ phase: 'lost' }, 'failed', 'may still be written'],
    [{ phase: 'cancelled' }, '', 'stays as it is']
  ] as const)('that ends as %j says so', (writing, tone, words) => {
    show(writing);
    expect(said()).toContain(words);
    const status = host.querySelector('[role=status]');
    expect(status?.classList.contains(`jp-mod-${tone}`)).toBe(true);
    expect(host.querySelector('[role=progressbar]')).toBeNull();
    expect(button('Write one')?.getAttribute('aria-disabled')).toBe('false');
  });
});

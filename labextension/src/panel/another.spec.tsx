import React, { act } from 'react';
import { describe, expect, it } from 'vitest';
import { INITIAL } from '../state';
import type { ITutorState } from '../state';
import { languageModel } from '../testing/samples';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import type { Writing } from '../writing';
import { Another } from './another';

const stage = Stage.forEachTest();
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

function show(
  writing: Writing | null,
  change: Partial<ITutorState> = {}
): Promise<void> {
  const state: ITutorState = {
    ...INITIAL,
    languageModel: { phase: 'ready', value: languageModel() },
    writing,
    ...change
  };
  return stage.draw(<Another state={state} tools={tools} />);
}

const folded = () => stage.host.querySelector('details')?.open === false;
const said = () => stage.text('[role=status]');

describe('another exercise', () => {
  it('is folded, and is there as soon as the server has told of the model', async () => {
    await show(null, { languageModel: { phase: 'loading' } });
    expect(stage.host.textContent).toBe('');
    await show(null);
    expect(folded()).toBe(true);
    expect(stage.host.querySelector('summary')?.textContent).toBe(
      'Another exercise'
    );
    expect(stage.host.textContent).toContain(
      'Tokens used today: 1,200 of 200,000'
    );
  });

  it('says in one sentence why there is no model, and offers nothing', async () => {
    const off = 'The language model is switched off (`c.Tutor.model_on`).';
    const value = languageModel({ off });
    await show(null, { languageModel: { phase: 'ready', value } });
    expect(stage.host.querySelector('p')?.textContent).toBe(
      'The language model is switched off (c.Tutor.model_on).'
    );
    expect(stage.host.querySelectorAll('button, input, p')).toHaveLength(1);
  });

  it('is asked for with a labelled topic, by button or by Enter', async () => {
    await show(null);
    const input = stage.host.querySelector('input');
    const label = stage.host.querySelector('label');
    expect(input?.maxLength).toBe(40);
    expect(label?.htmlFor).toBe(input?.id);
    await stage.click(stage.button('Write one'));
    expect(generate).toHaveBeenLastCalledWith('');
    stage.write('input', 'queues');
    act(() => {
      stage.host
        .querySelector('form')
        ?.dispatchEvent(
          new Event('submit', { bubbles: true, cancelable: true })
        );
    });
    expect(generate).toHaveBeenLastCalledWith('queues');
  });
});

describe('an exercise being written', () => {
  it('unfolds the section and tells its stage, and the try from the second on', async () => {
    await show(running);
    expect(folded()).toBe(false);
    expect(said()).toBe('Writing a draft…');
    const bar = stage.host.querySelector('[role=progressbar]');
    expect(bar?.getAttribute('aria-valuetext')).toBe('Writing a draft…');
    await show({ ...running, try: 2 });
    expect(said()).toBe('Writing a draft (try 2 of 3)…');
    await show({ ...running, id: null, text: '' });
    expect(said()).toBe('Asking the language model…');
    expect(stage.button('Writing…')?.getAttribute('aria-disabled')).toBe(
      'true'
    );
  });

  it('can be cancelled once', async () => {
    await show(running);
    await stage.click(stage.button('Cancel'));
    expect(execute).toHaveBeenCalledWith(CommandIDs.cancelGeneration);
    await show({ ...running, cancelling: true });
    expect(said()).toBe('Cancelling…');
    expect(stage.button('Cancel')?.getAttribute('aria-disabled')).toBe('true');
  });

  it('hands the focus on when Cancel goes', async () => {
    await show(running);
    stage.button('Cancel')?.focus();
    await show({ phase: 'cancelled' });
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
  ] as const)('that ends as %j says so', async (writing, tone, words) => {
    await show(writing);
    expect(said()).toContain(words);
    const status = stage.host.querySelector('[role=status]');
    expect(status?.classList.contains(`jp-mod-${tone}`)).toBe(true);
    expect(stage.host.querySelector('[role=progressbar]')).toBeNull();
    expect(stage.button('Write one')?.getAttribute('aria-disabled')).toBe(
      'false'
    );
  });
});

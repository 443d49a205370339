import React, { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { Memories } from '../schemas';
import type { Slot } from '../slot';
import { memory } from '../testing/samples';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import { MemorySection } from './memory';

const stage = Stage.forEachTest();
const { tools } = panelTools();

function show(slot: Slot<Memories>): Promise<void> {
  return stage.draw(<MemorySection slot={slot} tools={tools} />);
}

describe('what the tutor remembers', () => {
  const items = [
    memory({ trait: 'goal', id: 'm2', text: 'Learn pandas.', source: 'chat' }),
    memory()
  ];
  const kept: Slot<Memories> = { phase: 'ready', value: { on: true, items } };
  const section = '[aria-labelledby=jp-Tutor-memory]';

  it('is loaded when it is unfolded', async () => {
    await show({ phase: 'loading' });
    const details = stage.host.querySelector<HTMLDetailsElement>(
      `${section} details`
    );
    expect(details?.open).toBe(false);
    act(() => {
      if (details) {
        details.open = true;
        details.dispatchEvent(new Event('toggle'));
      }
    });
    expect(tools.memory.load).toHaveBeenCalled();
  });

  it('is grouped by trait, with what it rests on', async () => {
    await show(kept);
    expect(stage.texts(`${section} h4`)).toEqual(['Misconceptions', 'Goals']);
    expect(stage.text('.jp-Tutor-memories .jp-Tutor-facts')).toBe(
      'A check failed · from two-sum · Fri, Oct 16 · seen 2 times'
    );
  });

  it('is switched off, one thing or all', async () => {
    await show(kept);
    const boxes = stage.host.querySelectorAll<HTMLInputElement>(
      `${section} input[type=checkbox]`
    );
    await stage.click(boxes[0]);
    expect(tools.memory.switch).toHaveBeenCalledWith(false);
    await stage.click(boxes[1]);
    expect(tools.memory.correct).toHaveBeenCalledWith('m1', {
      text: null,
      on: false
    });
  });

  it('is corrected in place, and the focus comes back', async () => {
    await show(kept);
    await stage.click(stage.button('Correct'));
    expect(document.activeElement?.tagName).toBe('TEXTAREA');
    stage.write('textarea', ' Counts from 0. ');
    await stage.click(stage.button('Save'));
    expect(tools.memory.correct).toHaveBeenCalledWith('m1', {
      text: 'Counts from 0.',
      on: null
    });
    expect(document.activeElement).toBe(stage.button('Correct'));
  });

  it('is forgotten, and the focus is not lost', async () => {
    await show(kept);
    const forget = stage.button('Forget');
    forget?.focus();
    await stage.click(forget);
    expect(tools.memory.forget).toHaveBeenCalledWith('m1');
    expect(document.activeElement?.tagName).toBe('SUMMARY');
    await stage.click(stage.button('Forget everything'));
    expect(tools.execute).toHaveBeenCalledWith(CommandIDs.forgetAll);
    await stage.click(stage.button('Download'));
    expect(tools.download).toHaveBeenCalled();
  });

  it('hands the focus on when all of it is forgotten', async () => {
    await show(kept);
    stage.button('Forget everything')?.focus();
    await show({ phase: 'ready', value: { on: true, items: [] } });
    expect(document.activeElement?.tagName).toBe('SUMMARY');
  });

  it('leaves the focus where it is when all of it is forgotten from elsewhere', async () => {
    await show(kept);
    const field = document.createElement('input');
    stage.host.append(field);
    field.focus();
    await show({ phase: 'ready', value: { on: true, items: [] } });
    expect(document.activeElement).toBe(field);
  });

  it('names what a box is about in the words beside it', async () => {
    await show(kept);
    const box = stage.host.querySelector('li input');
    expect(box?.getAttribute('aria-label')).toBe(
      `${box?.parentElement?.textContent ?? ''}: “${memory().text}”`
    );
  });

  it('says so when it is nothing', async () => {
    await show({ phase: 'ready', value: { on: false, items: [] } });
    expect(stage.text(section)).toContain('Nothing is remembered.');
    expect(stage.button('Forget everything')).toBeUndefined();
  });
});

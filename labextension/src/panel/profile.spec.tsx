import React, { act } from 'react';
import { describe, expect, it } from 'vitest';
import type { ProfileState } from '../schemas';
import type { Slot } from '../slot';
import { known } from '../testing/learner';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { ProfileSection } from './profile';

const stage = Stage.forEachTest();
const { tools } = panelTools();
const { change } = tools.learner;

function show(slot: Slot<ProfileState>): Promise<void> {
  return stage.draw(<ProfileSection slot={slot} tools={tools} />);
}

const ready = (...[own, rest]: Parameters<typeof known>) =>
  ({ phase: 'ready', value: known(own, rest) }) as const;
const at = (name: string) => `#jp-Tutor-profile-${name}`;
const find = (name: string) =>
  stage.host.querySelector<HTMLInputElement>(at(name));

describe('the profile', () => {
  it('is loaded when it is unfolded', async () => {
    await show({ phase: 'loading' });
    expect(stage.host.textContent).toContain('Loading…');
    act(() => {
      const details = stage.host.querySelector('details');
      if (details) {
        details.open = true;
        details.dispatchEvent(new Event('toggle'));
      }
    });
    expect(tools.learner.load).toHaveBeenCalled();
  });

  it('that could not be loaded says why', async () => {
    await show({ phase: 'problem', detail: 'Broken.' });
    expect(stage.text('.jp-Tutor-message')).toBe('Broken.');
  });

  it('shows each field by a short name, and not what cannot be chosen', async () => {
    await show(ready({ goals: ['pandas', 'sport'] }));
    const names = ['skill', 'goals', 'minutes', 'time_zone'].map(name =>
      stage.text(`label[for=jp-Tutor-profile-${name}]`)
    );
    expect(names).toEqual([
      'Experience',
      'Goals',
      'Minutes a day',
      'Time zone'
    ]);
    expect(find('language')).toBeNull();
    expect(find('goals')?.value).toBe('pandas, sport');
    expect(find('time_zone')?.getAttribute('list')).toBe('jp-Tutor-zones');
  });

  it('keeps a choice at once', async () => {
    await show(ready());
    await stage.pick(at('skill'), 'beginner');
    expect(change).toHaveBeenLastCalledWith({ skill: 'beginner' });
    await stage.click(find('placement'));
    expect(change).toHaveBeenLastCalledWith({ placement: true });
    expect(tools.announce).toHaveBeenLastCalledWith(
      '“My first three exercises find my level” is saved.'
    );
  });

  it('keeps what was typed when the field is left, if it changed', async () => {
    await show(ready());
    await stage.leave(at('minutes'));
    expect(change).not.toHaveBeenCalled();
    stage.write(at('minutes'), '45');
    expect(change).not.toHaveBeenCalled();
    await stage.leave(at('minutes'));
    expect(change).toHaveBeenCalledWith({ minutes: 45 });
  });

  it('shows why a value is refused, at its field, until it is right', async () => {
    const detail = 'there is no time zone ‘Mars’';
    await show(ready());
    change.mockResolvedValueOnce({ kind: 'problem', detail });
    stage.write(at('time_zone'), 'Mars');
    await stage.leave(at('time_zone'));
    expect(stage.text('[role=alert]')).toBe(detail);
    expect(find('time_zone')?.value).toBe('Mars');
    expect(find('time_zone')?.getAttribute('aria-invalid')).toBe('true');
    stage.write(at('time_zone'), 'UTC');
    await stage.leave(at('time_zone'));
    expect(stage.host.querySelector('[role=alert]')).toBeNull();
  });

  it('a choice that is refused goes back to what is kept', async () => {
    await show(ready());
    change.mockResolvedValueOnce({ kind: 'unreachable' });
    await stage.pick(at('skill'), 'beginner');
    expect(find('skill')?.value).toBe('intermediate');
    expect(stage.text('[role=alert]')).toContain('could not be reached');
  });

  it('is asked for again one by one, once the interview is over', async () => {
    await show(ready());
    expect(stage.button('Ask me one by one')).toBeUndefined();
    await show(ready({ interview: 'skipped' }));
    await stage.click(stage.button('Ask me one by one'));
    expect(change).toHaveBeenCalledWith({ interview: 'open' });
    expect(document.activeElement?.tagName).toBe('SUMMARY');
  });
});

describe('what comes next', () => {
  it('has the level, which is set by hand within its bounds', async () => {
    await show(ready());
    expect(stage.texts(`${at('level')} option`)).toEqual(['Easy', 'Medium']);
    expect(find('level')?.value).toBe('easy');
    await stage.pick(at('level'), 'medium');
    expect(change).toHaveBeenCalledWith({ level: 'medium' });
    await show(ready({ level: 'medium' }));
    expect(stage.text(`${at('level')}-note`)).toContain('Medium by hand');
    await show(ready({}, { current_level: 'hard' }));
    expect(find('level')?.value).toBe('hard');
  });

  it('follows how the learner does, or not', async () => {
    await show(ready());
    expect(find('adapt')?.checked).toBe(true);
    await stage.click(find('adapt'));
    expect(change).toHaveBeenCalledWith({ adapt: false });
  });

  it('takes a wish for one exercise, with the topics that there are', async () => {
    await show(ready({ wish: 'loops' }));
    const list = document.getElementById(
      find('wish')?.getAttribute('list') ?? ''
    );
    expect(list?.querySelectorAll('option')).toHaveLength(2);
    expect(find('wish')?.value).toBe('loops');
    stage.write(at('wish'), '');
    await stage.leave(at('wish'));
    expect(change).toHaveBeenCalledWith({ wish: '' });
  });

  it('prefers topics, also one that no exercise has any more', async () => {
    await show(ready({ topics: ['loops', 'heaps'] }));
    const boxes =
      stage.host.querySelectorAll<HTMLInputElement>('fieldset input');
    expect(stage.texts('fieldset label')).toEqual([
      'loops',
      'two pointers',
      'heaps'
    ]);
    expect([...boxes].map(box => box.checked)).toEqual([true, false, true]);
    await stage.click(boxes[1]);
    expect(change).toHaveBeenLastCalledWith({
      topics: ['loops', 'heaps', 'two-pointers']
    });
    await stage.click(boxes[2]);
    expect(change).toHaveBeenLastCalledWith({ topics: ['loops'] });
  });
});

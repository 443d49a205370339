import React from 'react';
import { describe, expect, it } from 'vitest';
import type { ProfileState } from '../schemas';
import type { Slot } from '../slot';
import { known } from '../testing/learner';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import { Onboarding } from './onboarding';

const stage = Stage.forEachTest();
const { tools } = panelTools();
const { change } = tools.learner;

async function show(slot: Slot<ProfileState>): Promise<void> {
  const heir = React.createRef<HTMLHeadingElement>();
  await stage.draw(
    <>
      <Onboarding slot={slot} heir={heir} tools={tools} />
      <h2 id="heir" ref={heir} tabIndex={-1} />
    </>
  );
}

const open = (own: Partial<ProfileState> = {}): Slot<ProfileState> => ({
  phase: 'ready',
  value: known({}, own)
});
const over = (interview: 'done' | 'skipped'): Slot<ProfileState> => ({
  phase: 'ready',
  value: known({ interview })
});
const field = () => stage.host.querySelector<HTMLInputElement>('input');
const next = () => stage.click(stage.button('Next'));

describe('the invitation', () => {
  it.each([
    ['loading', { phase: 'loading' }],
    ['a problem', { phase: 'problem', detail: 'Broken.' }],
    ['done', over('done')],
    ['skipped', over('skipped')]
  ] as const)('is not there when the profile is %s', async (_, slot) => {
    await show(slot);
    expect(stage.host.querySelector('details')).toBeNull();
  });

  it('can be folded, and says that it can wait', async () => {
    await show(open());
    expect(stage.text('summary h2')).toBe('Tell me about you (3 minutes)');
    expect(stage.host.querySelector('details')?.open).toBe(true);
    expect(stage.host.textContent).toContain('ready without them');
  });

  it('is put off, and the focus goes to today’s exercise', async () => {
    await show(open());
    await stage.click(stage.button('Not now'));
    expect(change).toHaveBeenCalledWith({ interview: 'skipped' });
    expect(document.activeElement?.id).toBe('heir');
    expect(tools.announce).toHaveBeenCalled();
  });

  it('that could not be put off says why', async () => {
    change.mockResolvedValueOnce({ kind: 'unreachable' });
    await show(open());
    await stage.click(stage.button('Not now'));
    expect(stage.text('[role=alert]')).toContain('could not be reached');
  });

  it('goes on where the answers ended', async () => {
    await show(open({ unanswered: ['goals', 'time_zone'] }));
    expect(stage.host.textContent).toContain('2 questions are left.');
    await stage.click(stage.button('Go on'));
    expect(stage.text('form > p')).toBe('3 of 5');
    expect(stage.text('label')).toBe('What do you want to be able to do?');
  });
});

describe('the interview', () => {
  it('asks one question at a time and keeps each answer at once', async () => {
    await show(open());
    await stage.click(stage.button('Begin'));
    expect(stage.text('form > p')).toBe('1 of 5');
    expect(stage.text('legend')).toBe('How well do you program?');
    expect(document.activeElement).toBe(
      stage.host.querySelector('input[value=intermediate]')
    );
    await stage.click(
      stage.host.querySelector<HTMLElement>('[value=beginner]')
    );
    expect(change).not.toHaveBeenCalled();
    await next();
    expect(change).toHaveBeenLastCalledWith({ skill: 'beginner' });
    expect(stage.text('form > p')).toBe('2 of 5');
    expect(stage.texts('fieldset label')).toEqual(['Yes', 'No']);
    await stage.click(stage.host.querySelector<HTMLElement>('[value=yes]'));
    await stage.send('form');
    expect(change).toHaveBeenLastCalledWith({ placement: true });
    expect(document.activeElement).toBe(field());
    stage.write('input', 'pandas, a course');
    await next();
    expect(change).toHaveBeenLastCalledWith({ goals: ['pandas', 'a course'] });
  });

  it('goes back to an answer, and skips a question', async () => {
    await show(open());
    await stage.click(stage.button('Begin'));
    const back = stage.button('Back');
    expect(back?.getAttribute('aria-disabled')).toBe('true');
    await stage.click(
      stage.host.querySelector<HTMLElement>('[value=beginner]')
    );
    await stage.click(stage.button('Skip this one'));
    expect(change).not.toHaveBeenCalled();
    expect(stage.text('form > p')).toBe('2 of 5');
    await stage.click(stage.button('Back'));
    expect(field()?.checked).toBe(true);
    expect(stage.text('form > p')).toBe('1 of 5');
  });

  it('shows why an answer is refused, at its field, and stays there', async () => {
    const detail = 'minutes has to be a whole number from 5 to 180';
    await show(open({ unanswered: ['minutes', 'time_zone'] }));
    await stage.click(stage.button('Go on'));
    stage.write('input', '900');
    change.mockResolvedValueOnce({ kind: 'problem', detail });
    await next();
    expect(stage.text('[role=alert]')).toBe(detail);
    const names = field()?.getAttribute('aria-describedby')?.split(' ') ?? [];
    const notes = names.map(id => document.getElementById(id)?.textContent);
    expect(notes).toEqual([detail, 'In a few words.']);
    expect(field()?.getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field());
    stage.write('input', '90');
    await next();
    expect(change).toHaveBeenLastCalledWith({ minutes: 90 });
    expect(stage.text('form > p')).toBe('5 of 5');
  });

  it('suggests time zones, the browser’s first', async () => {
    await show(open({ unanswered: ['time_zone'] }));
    await stage.click(stage.button('Go on'));
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(field()?.value).toBe(timeZone);
    const list = document.getElementById(field()?.getAttribute('list') ?? '');
    expect(list?.querySelector('[value="Europe/Vienna"]')).not.toBeNull();
  });

  it('ends with a tour that leads to today’s exercise', async () => {
    await show(open({ unanswered: ['time_zone'] }));
    await stage.click(stage.button('Go on'));
    await stage.click(stage.button('Finish'));
    expect(change).toHaveBeenLastCalledWith({ interview: 'done' });
    await show(over('done'));
    expect(stage.text('summary h2')).toBe('How a day goes');
    expect(stage.texts('ol strong')).toEqual([
      'Today’s exercise',
      'Submit',
      'Hint',
      'Progress'
    ]);
    expect(document.activeElement?.tagName).toBe('OL');
    await stage.click(stage.button('Start'));
    expect(tools.execute).toHaveBeenCalledWith(CommandIDs.openToday);
    expect(document.activeElement?.id).toBe('heir');
    expect(stage.host.querySelector('details')).toBeNull();
  });
});

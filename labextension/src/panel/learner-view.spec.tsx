import React from 'react';
import { describe, expect, it } from 'vitest';
import { STRANGER } from '../learner';
import type { ILearnerState } from '../learner';
import { INITIAL } from '../state';
import type { ITutorState } from '../state';
import { QUIET } from '../talk';
import { known, news } from '../testing/learner';
import { daily, progress } from '../testing/samples';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import { TutorView } from './view';

const stage = Stage.forEachTest();
const { tools } = panelTools();

function show(
  state: Partial<ITutorState>,
  learner: Partial<ILearnerState> = {}
): Promise<void> {
  return stage.draw(
    <TutorView
      state={{ ...INITIAL, ...state }}
      coach={QUIET}
      learner={{ ...STRANGER, ...learner }}
      tools={tools}
    />
  );
}

const today = { phase: 'ready', value: daily() } as const;
const profile = { phase: 'ready', value: known() } as const;

describe('the panel of a learner', () => {
  it('has the interview above today’s exercise, which stays in sight', async () => {
    await show({ today }, { profile });
    expect(stage.texts('h2')).toEqual([
      'Tell me about you (3 minutes)',
      'Today’s exercise'
    ]);
    expect(stage.button('Submit')).toBeDefined();
  });

  it('has the news at the top, and gives the focus to the exercise after them', async () => {
    const ready = { phase: 'ready', value: progress() } as const;
    await show({ today, progress: ready }, { news: [news()] });
    await stage.click(stage.button('Got it'));
    expect(document.activeElement?.textContent).toBe('Today’s exercise');
  });

  it('tells why the exercise was chosen', async () => {
    const value = daily({ because: ['It is due.'] });
    await show({ today: { phase: 'ready', value } });
    expect(stage.text('.jp-Tutor-because p')).toBe('It is due.');
  });

  it('says that nothing is kept of a notebook, and leads to today’s exercise', async () => {
    const here = { phase: 'empty', detail: 'There is none.' } as const;
    await show({ today, hereId: 'gone', here });
    expect(stage.texts('h3')[0]).toBe(
      'Nothing is kept of this notebook’s exercise'
    );
    await stage.click(stage.button('Go to today’s'));
    expect(tools.execute).toHaveBeenCalledWith(CommandIDs.openToday);
  });

  it('has headings that go down one level at a time', async () => {
    await show({ today }, { profile });
    const levels = [...stage.host.querySelectorAll('h2,h3,h4')].map(heading =>
      Number(heading.tagName.slice(1))
    );
    levels.slice(1).forEach((level, index) => {
      expect(level - (levels[index] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it('names every field, and no two things alike', async () => {
    await show({ today }, { profile });
    const controls = [
      ...stage.host.querySelectorAll<HTMLInputElement>('input, select')
    ];
    const nameless = controls.filter(
      ({ id, labels }) => !labels?.length && !id.startsWith('jp-Tutor-search')
    );
    expect(nameless.map(({ id, type }) => `${type} ${id}`)).toEqual([]);
    const ids = [...stage.host.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

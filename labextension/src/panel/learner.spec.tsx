import React from 'react';
import { describe, expect, it } from 'vitest';
import type { News, Progress } from '../schemas';
import { badge, news, skill } from '../testing/learner';
import { daily, progress } from '../testing/samples';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs } from '../tokens';
import { Because } from './because';
import { DataSection } from './data';
import { NewsBox } from './news';
import { ProgressSection } from './progress';

const stage = Stage.forEachTest();
const { tools } = panelTools();

describe('why this exercise', () => {
  it('shows the strongest reason and folds the others', async () => {
    const reasons = ['You wished for `loops`.', 'It is due.', 'It fits.'];
    await stage.draw(<Because reasons={reasons} tools={tools} />);
    expect(stage.text('h4')).toBe('Why this one');
    expect(stage.text('p')).toBe('You wished for loops.');
    expect(stage.host.querySelector('details')?.open).toBe(false);
    expect(stage.text('summary')).toBe('2 more reasons');
    expect(stage.texts('li')).toEqual(['It is due.', 'It fits.']);
  });

  it('says nothing where nothing is known', async () => {
    await stage.draw(<Because reasons={daily().because} tools={tools} />);
    expect(stage.host.textContent).toBe('');
  });
});

describe('news', () => {
  const heir = React.createRef<HTMLHeadingElement>();
  const show = (told: News[]) =>
    stage.draw(
      <>
        <NewsBox
          news={told}
          progress={progress({ badges: [badge({ earned: '2026-10-20' })] })}
          heir={heir}
          tools={tools}
        />
        <h2 ref={heir} tabIndex={-1} />
      </>
    );
  const level = news({
    key: 'level-2',
    kind: 'level',
    title: 'Medium',
    text: 'Three passed at once.'
  });

  it('are read out politely, a badge with a celebration', async () => {
    await show([]);
    const live = stage.host.querySelector('[aria-live=polite]');
    expect(live?.textContent).toBe('');
    await show([news(), level]);
    expect(live?.isConnected).toBe(true);
    expect(stage.texts('[aria-live=polite] li')).toEqual([
      'A weekA streak of 7 days.',
      'MediumThree passed at once.'
    ]);
    const parties = stage.host.querySelectorAll('.jp-Tutor-celebration');
    expect(parties).toHaveLength(1);
    expect(parties[0]?.getAttribute('aria-hidden')).toBe('true');
    expect(parties[0]?.querySelector('.jp-mod-flame')).not.toBeNull();
  });

  it('count as shown only where the learner can see them', async () => {
    tools.isInSight = () => false;
    await show([level]);
    expect(tools.learner.show).not.toHaveBeenCalled();
    tools.isInSight = () => true;
    await show([level]);
    expect(tools.learner.show).toHaveBeenCalledWith(['level-2']);
  });

  it('are dismissed, and the focus goes to the exercise', async () => {
    await show([level]);
    await stage.click(stage.button('Got it'));
    expect(tools.learner.dismissNews).toHaveBeenCalled();
    expect(document.activeElement).toBe(heir.current);
  });
});

describe('progress', () => {
  const show = (change: Partial<Progress>) =>
    stage.draw(
      <ProgressSection
        slot={{ phase: 'ready', value: progress(change) }}
        tools={tools}
      />
    );

  it('tells how the streak counts, and what was forgiven or free', async () => {
    const none = { status: null, passed: false, free: false };
    const day = { ...none, forgiven: false, late: false };
    await show({
      calendar: [
        { ...day, date: '2026-10-16', forgiven: true },
        { ...day, date: '2026-10-17', free: true },
        { ...day, date: '2026-10-18' }
      ]
    });
    expect(stage.text('details')).toContain('Every day counts.');
    expect(stage.texts('.jp-Tutor-days li')).toEqual([
      'Fri, Oct 16: Missed, and forgiven',
      'Sat, Oct 17: Free day',
      'Sun, Oct 18: No exercise'
    ]);
  });

  it('tells why the level changed, the latest step first', async () => {
    await show({
      level_history: [
        { date: '2026-10-01', level: 'easy', reason: 'You began.' },
        { date: '2026-10-16', level: 'medium', reason: 'Three in a row.' }
      ]
    });
    expect(stage.texts('.jp-Tutor-levels li')).toEqual([
      'Medium Fri, Oct 16Three in a row.',
      'Easy Thu, Oct 1You began.'
    ]);
  });

  it('shows badges that were earned, and how far the next are', async () => {
    const next = ['a', 'b', 'c', 'd'].map(key => badge({ key, title: key }));
    await show({
      badges: [badge({ key: 'won', earned: '2026-10-16' }), ...next]
    });
    const lists = stage.texts('.jp-Tutor-badges');
    expect(lists[0]).toBe('A weekA streak of 7 days. Earned on October 16.');
    expect(lists[1]).toContain('A streak of 7 days. 3 of 7');
    const meters = stage.host.querySelectorAll('meter');
    expect(meters).toHaveLength(4);
    expect(meters[0]?.getAttribute('aria-valuetext')).toBe('3 of 7');
    expect(meters[0]?.getAttribute('max')).toBe('7');
    expect(meters[0]?.getAttribute('value')).toBe('3');
    expect(stage.texts('summary')).toContain('More badges (1)');
  });

  it('says how well each topic is known, and when it comes back', async () => {
    await show({
      skills: [
        skill({ topic: 'two-pointers', mastered: true }),
        skill({ due: '2026-10-20', mean: 50 }),
        skill({ topic: 'sets', due: null })
      ]
    });
    expect(stage.texts('.jp-Tutor-skills li')).toEqual([
      'two pointersmastered72 %, between 60 and 84; comes back on December 3',
      'loops50 %, between 60 and 84; due again',
      'sets72 %, between 60 and 84'
    ]);
  });

  it('draws three topics and more as a radar, which has its words', async () => {
    await show({ skills: [skill(), skill({ topic: 'sets' })] });
    expect(stage.host.querySelector('[role=img]')).toBeNull();
    const topics = ['loops', 'linked-lists', 'sets'];
    await show({ skills: topics.map(topic => skill({ topic })) });
    expect(
      stage.host.querySelector('svg[role=img]')?.getAttribute('aria-label')
    ).toBe('What you know: linked lists 72 %, loops 72 %, sets 72 %');
    expect(stage.texts('.jp-Tutor-radar tspan')).toEqual([
      'linked',
      'lists',
      'loops',
      'sets'
    ]);
  });

  it('folds topics away when there are many', async () => {
    const skills = Array.from({ length: 9 }, (_, index) =>
      skill({ topic: `topic ${index}` })
    );
    await show({ skills });
    expect(stage.texts('summary')).toContain('More topics (3)');
    expect(stage.host.querySelectorAll('.jp-Tutor-radar text')).toHaveLength(7);
  });
});

describe('the learner’s data', () => {
  const id = '#jp-Tutor-archive';
  const choose = async (file: File) => {
    const input = stage.host.querySelector<HTMLInputElement>(id);
    Object.defineProperty(input, 'files', { value: [file] });
    Object.defineProperty(input, 'value', { value: '', writable: true });
    await stage.change(id);
  };

  it('is downloaded and deleted by commands', async () => {
    await stage.draw(<DataSection tools={tools} />);
    await stage.click(stage.button('Download everything'));
    expect(tools.execute).toHaveBeenLastCalledWith(CommandIDs.downloadData);
    await stage.click(stage.button('Delete everything…'));
    expect(tools.execute).toHaveBeenLastCalledWith(CommandIDs.eraseData);
  });

  it('is taken in from a file', async () => {
    await stage.draw(<DataSection tools={tools} />);
    await choose(new File(['{"a": 1}'], 'data.json'));
    expect(tools.learner.takeIn).toHaveBeenCalledWith('{"a": 1}');
    expect(tools.announce).toHaveBeenCalledWith('The file was taken in.');
    expect(stage.host.querySelector('[role=alert]')).toBeNull();
  });

  it('that is refused says why, at the field', async () => {
    const detail = 'Something is kept of you already.';
    tools.learner.takeIn.mockResolvedValueOnce({ kind: 'problem', detail });
    await stage.draw(<DataSection tools={tools} />);
    await choose(new File(['{}'], 'data.json'));
    expect(stage.text('[role=alert]')).toBe(detail);
    expect(
      stage.host.querySelector(id)?.getAttribute('aria-describedby')
    ).toContain('jp-Tutor-archive-refusal');
  });
});

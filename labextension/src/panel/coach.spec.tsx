import React, { act } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DailyDetail, ModelState } from '../schemas';
import { INITIAL } from '../state';
import { NO_CHAT, QUIET, SILENT } from '../talk';
import type { IChat, ICoachState, ISpeaking } from '../talk';
import {
  daily,
  languageModel,
  message,
  speech,
  submission
} from '../testing/samples';
import { Stage } from '../testing/stage';
import { panelTools } from '../testing/tools';
import { CommandIDs, QUESTION_ID } from '../tokens';
import { TutorView } from './view';

const stage = Stage.forEachTest();
const { tools, takenAway } = panelTools();

beforeEach(() => {
  takenAway.length = 0;
});

interface IShown {
  exercise?: Partial<DailyDetail>;
  model?: Partial<ModelState>;
  coach?: Partial<ICoachState>;
}

async function show({ exercise, model, coach }: IShown): Promise<void> {
  const state = {
    ...INITIAL,
    today: { phase: 'ready', value: daily(exercise) },
    languageModel: { phase: 'ready', value: languageModel(model) }
  } as const;
  await stage.draw(
    <TutorView state={state} coach={{ ...QUIET, ...coach }} tools={tools} />
  );
}

const isDisabled = (label: string) =>
  stage.button(label)?.getAttribute('aria-disabled') === 'true';
const announced = () => tools.announce.mock.calls.map(([said]) => said);

const speaking = (change: Partial<ISpeaking>): ISpeaking => ({
  ...SILENT,
  ...change
});

describe('hints', () => {
  const hints = [
    { rung: 1, of: 4, text: 'Look 1', source: 'author' },
    { rung: 2, of: 4, text: 'Look 2', source: 'diagnosis' }
  ] as const;
  const given = { hints: [...hints], hints_asked: 2 };

  it('are drawn as Markdown with who wrote them, the latest open', async () => {
    await show({ exercise: given });
    const all = [...stage.host.querySelectorAll('.jp-Tutor-hint')];
    expect(all.map(hint => hint.hasAttribute('open'))).toEqual([false, true]);
    expect(stage.texts('.jp-Tutor-hint summary')).toEqual([
      'Hint 1 of 4',
      'Hint 2 of 4'
    ]);
    expect(stage.texts('.jp-Tutor-hint em')).toEqual(['Look 1', 'Look 2']);
    expect(stage.texts('.jp-Tutor-source')).toEqual(['from your code']);
    expect(announced()).toEqual([]);
  });

  it('are taken away while they are still in the document', async () => {
    await show({ exercise: given });
    await stage.draw(<div />);
    expect(takenAway.length).toBeGreaterThan(1);
    expect(takenAway).not.toContain(false);
  });

  it('grow in one place, and are read out once, when they are complete', async () => {
    await show({ exercise: given, coach: { hints: { d1: SILENT } } });
    expect(stage.text('[aria-labelledby=jp-Tutor-hints] [role=status]')).toBe(
      'Looking for the next hint…'
    );
    expect(isDisabled('Thinking…')).toBe(true);
    const so = (said: Partial<ISpeaking>) =>
      show({ exercise: given, coach: { hints: { d1: speaking(said) } } });
    await so({ text: 'Read' });
    const place = stage.host.querySelectorAll('.jp-Tutor-hint')[2];
    expect(place?.textContent).toContain('language model, may be wrong');
    await so({ text: 'Read it' });
    expect(announced()).toEqual([]);
    const source = 'model' as const;
    const whole = speech({ rung: 3, text: 'Read it.', source });
    const last = { rung: 3, of: 4, text: 'Read it.', source };
    await show({
      exercise: { hints: [...hints, last], hints_asked: 3 },
      coach: { hints: { d1: speaking({ text: 'Read it.', whole }) } }
    });
    expect(stage.host.querySelectorAll('.jp-Tutor-hint')[2]).toBe(place);
    expect(stage.host.querySelectorAll('.jp-Tutor-hint')).toHaveLength(3);
    expect(announced()).toEqual(['Read it.']);
  });

  it('that are taken back say why', async () => {
    const said = speaking({ withdrawn: 'That said too much.' });
    await show({ exercise: given, coach: { hints: { d1: said } } });
    expect(stage.texts('.jp-Tutor-hint').join()).not.toContain('too much');
    expect(stage.text('[aria-labelledby=jp-Tutor-hints] [role=status]')).toBe(
      'That said too much.'
    );
    const more = speaking({ withdrawn: 'That said too much.', text: 'Look' });
    await show({ exercise: given, coach: { hints: { d1: more } } });
    expect(stage.texts('.jp-Tutor-hint')[2]).toContain(
      'That said too much.Look'
    );
  });

  it('that were given before are opened, and not added', async () => {
    await show({ exercise: given });
    const second =
      stage.host.querySelectorAll<HTMLDetailsElement>('.jp-Tutor-hint')[1];
    if (second) {
      second.open = false;
    }
    const whole = speech({ rung: 2, text: 'Look 2', again: true });
    const said = speaking({ text: 'Look 2', whole });
    await show({ exercise: given, coach: { hints: { d1: said } } });
    expect(stage.host.querySelectorAll('.jp-Tutor-hint')).toHaveLength(2);
    expect(second?.open).toBe(true);
    expect(stage.host.textContent).toContain('There is nothing new to say');
  });

  it('are there without any of the author', async () => {
    await show({ exercise: { hints_total: 0 } });
    expect(stage.button('Hint')?.title).toBe('Hints cost nothing. 0 asked.');
    await stage.click(stage.button('Hint'));
    expect(tools.execute).toHaveBeenCalledWith(CommandIDs.hint, 'd1');
    const first = {
      rung: 1,
      of: 0,
      text: 'Look',
      source: 'diagnosis'
    } as const;
    await show({
      exercise: { hints_total: 0, hints: [first], hints_asked: 1 }
    });
    expect(stage.texts('.jp-Tutor-hint summary')).toEqual(['Hint 1']);
  });

  it('go on beyond those of the author', async () => {
    const fifth = { rung: 5, of: 4, text: 'More', source: 'model' } as const;
    await show({ exercise: { hints: [...hints, fifth], hints_asked: 5 } });
    expect(stage.texts('.jp-Tutor-hint summary')[2]).toBe('Hint 5');
    expect(isDisabled('Hint')).toBe(false);
    expect(stage.button('Hint')?.title).toBe('Hints cost nothing. 5 asked.');
  });
});

describe('questions', () => {
  const before = [
    message({ text: '<b> Why?' }),
    message({ number: 2, role: 'tutor', text: 'Because' })
  ];
  const messages: IChat['messages'] = { phase: 'ready', value: before };
  const talk = (change: Partial<IChat> = {}): Partial<ICoachState> => ({
    chats: { d1: { ...NO_CHAT, messages, ...change } }
  });
  const field = () =>
    stage.host.querySelector<HTMLTextAreaElement>(`#${QUESTION_ID}`);
  const press = (init: KeyboardEventInit) => {
    act(() => {
      field()?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, ...init })
      );
    });
  };

  it('are plain text, answers Markdown', async () => {
    await show({ coach: talk() });
    expect(stage.texts('.jp-Tutor-said')).toEqual([
      'You<b> Why?',
      'TutorBecause'
    ]);
    expect(stage.texts('.jp-Tutor-said em')).toEqual(['Because']);
    expect(announced()).toEqual([]);
  });

  it('are sent by Enter and by the button, not by Shift and Enter', async () => {
    await show({ coach: talk({ draft: 'And?' }) });
    press({ shiftKey: true });
    press({ isComposing: true });
    expect(tools.ask).not.toHaveBeenCalled();
    press({});
    await stage.click(stage.button('Send'));
    expect(tools.ask.mock.calls).toEqual([
      ['d1', 'And?'],
      ['d1', 'And?']
    ]);
    stage.write(`#${QUESTION_ID}`, 'And then?');
    expect(tools.coach.draft).toHaveBeenCalledWith('d1', 'And then?');
    expect(field()?.maxLength).toBe(4000);
  });

  it('are answered in one place, which is read out when it is complete', async () => {
    const asked = (answer: ISpeaking) => ({ question: 'And?', answer });
    await show({ coach: talk({ draft: 'Next', asked: asked(SILENT) }) });
    expect(stage.texts('.jp-Tutor-said')[2]).toBe('YouAnd?');
    expect(stage.host.textContent).toContain('Thinking…');
    expect(isDisabled('Send')).toBe(true);
    await show({
      coach: talk({ asked: asked(speaking({ text: 'Then' })) })
    });
    const place = stage.host.querySelectorAll('.jp-Tutor-said')[3];
    expect(announced()).toEqual([]);
    const value = [
      ...before,
      message({ number: 3, text: 'And?' }),
      message({ number: 4, role: 'tutor', text: 'Then so.' })
    ];
    await show({ coach: talk({ messages: { phase: 'ready', value } }) });
    expect(stage.host.querySelectorAll('.jp-Tutor-said')[3]).toBe(place);
    expect(announced()).toEqual(['Then so.']);
  });

  it.each([
    [{}, '12 questions left today. Answers may be wrong.'],
    [{ questions_left: null }, 'Answers may be wrong.'],
    [{ questions_left: 0 }, 'No questions are left today'],
    [{ off: 'No model.' }, 'without a language model']
  ])('with the model %j say: %s', async (model, said) => {
    await show({ model, coach: talk({ draft: 'And?' }) });
    expect(stage.text('#jp-Tutor-chatFacts')).toContain(said);
    expect(isDisabled('Send')).toBe(
      'questions_left' in model && model.questions_left === 0
    );
  });

  it('may be switched off', async () => {
    await show({ model: { chat_on: false }, coach: talk() });
    expect(field()).toBeNull();
    expect(stage.host.textContent).toContain(
      'Questions are switched off here.'
    );
    expect(stage.host.querySelectorAll('.jp-Tutor-said')).toHaveLength(2);
  });

  it('of long ago are shown when they are wanted', async () => {
    const value = Array.from({ length: 9 }, (_, index) =>
      message({ number: index + 1, text: `Q${index + 1}` })
    );
    await show({ coach: talk({ messages: { phase: 'ready', value } }) });
    expect(stage.host.querySelectorAll('.jp-Tutor-said')).toHaveLength(6);
    stage.button('Show 3 earlier messages')?.focus();
    await stage.click(stage.button('Show 3 earlier messages'));
    expect(stage.host.querySelectorAll('.jp-Tutor-said')).toHaveLength(9);
    expect(document.activeElement?.parentElement?.textContent).toBe('YouQ1');
    expect(tools.coach.earlier).not.toHaveBeenCalled();
  });

  it('of longer ago are fetched when they are wanted', async () => {
    const value = Array.from({ length: 9 }, (_, index) =>
      message({ number: index + 4, text: `Q${index + 4}` })
    );
    const latest = { phase: 'ready', value } as const;
    await show({ coach: talk({ messages: latest, earlier: 'c' }) });
    await stage.click(stage.button('Show earlier messages'));
    expect(stage.host.querySelectorAll('.jp-Tutor-said')).toHaveLength(9);
    expect(tools.coach.earlier).not.toHaveBeenCalled();
    stage.button('Show earlier messages')?.focus();
    await stage.click(stage.button('Show earlier messages'));
    expect(tools.coach.earlier).toHaveBeenCalledWith('d1');
    const second = [2, 3]
      .map(number => message({ number, text: `Q${number}` }))
      .concat(value);
    const messages = { ...latest, value: second };
    await show({ coach: talk({ messages, earlier: 'd' }) });
    expect(document.activeElement?.parentElement?.textContent).toBe('YouQ2');
    await stage.click(stage.button('Show earlier messages'));
    field()?.focus();
    const all = [message({ text: 'Q1' }), ...second];
    await show({ coach: talk({ messages: { ...latest, value: all } }) });
    expect(stage.host.querySelectorAll('.jp-Tutor-said')).toHaveLength(12);
    expect(document.activeElement).toBe(field());
    expect(stage.button('Show earlier messages')).toBeUndefined();
    expect(announced()).toEqual([]);
  });

  it('say beside the field which keys send and which break the line', async () => {
    await show({ coach: talk() });
    const described = field()?.getAttribute('aria-describedby') ?? '';
    expect(stage.text(`#${described}`)).toContain(
      'Enter sends, Shift+Enter makes a new line.'
    );
  });

  it('are found in all conversations, with the exercise and its date', async () => {
    const found = message({ daily_id: 'd0', text: `${'x '.repeat(200)}loop` });
    const hits = [{ message: found, daily: daily({ id: 'd0' }) }];
    await show({ coach: { search: { words: 'loop', hits } } });
    const row = stage.host.querySelector('.jp-Tutor-hits li');
    expect(row?.textContent).toContain('Two sum, Fri, Oct 16');
    expect(row?.textContent).toMatch(/You: ….*loop$/);
    await stage.click(row?.querySelector('button'));
    expect(tools.execute).toHaveBeenCalledWith(CommandIDs.open, 'd0');
    stage.write('#jp-Tutor-search', 'hash');
    await stage.click(stage.button('Search'));
    expect(tools.coach.search).toHaveBeenCalledWith('hash');
  });

  it('that nobody asked are not found', async () => {
    await show({ coach: { search: { words: 'loop', hits: [] } } });
    expect(stage.host.textContent).toContain('Nothing was said about “loop”.');
  });
});

describe('feedback', () => {
  const latest = submission();

  it('stands below the checks, and does not hold up the verdict', async () => {
    await show({ exercise: { latest }, coach: { feedback: { s1: SILENT } } });
    expect(stage.host.textContent).toContain('Well done!');
    expect(stage.text('.jp-Tutor-feedback')).toContain(
      'Looking at your answer…'
    );
    const said = speaking({ text: 'Good', whole: speech() });
    await show({ exercise: { latest }, coach: { feedback: { s1: said } } });
    expect(stage.text('.jp-Tutor-feedback')).toBe('FeedbackGood');
    expect(announced()).toEqual([]);
  });

  it('on a later submission is read out', async () => {
    await show({ exercise: { latest } });
    expect(stage.host.querySelector('.jp-Tutor-feedback')).toBeNull();
    const said = speaking({ text: 'Good', whole: speech() });
    await show({
      exercise: { latest: submission({ id: 's2' }) },
      coach: { feedback: { s2: said } }
    });
    expect(announced()).toEqual(['Good']);
  });
});

import { nullTranslator } from '@jupyterlab/translation';
import { vi } from 'vitest';
import type { ITools } from '../panel/tools';

/** What the panel may use: it records what is called, and draws Markdown as emphasis. */
export function panelTools() {
  /** Whether each piece of Markdown was still in the document when it was taken away. */
  const takenAway: boolean[] = [];
  const tools = {
    trans: nullTranslator.load('jupyter_tutor'),
    locale: 'en',
    execute: vi.fn<ITools['execute']>(),
    generate: vi.fn<ITools['generate']>(),
    dismissNotice: vi.fn<ITools['dismissNotice']>(),
    ask: vi.fn<ITools['ask']>(),
    coach: {
      draft: vi.fn<ITools['coach']['draft']>(),
      search: vi.fn<ITools['coach']['search']>(),
      earlier: vi.fn<ITools['coach']['earlier']>()
    },
    memory: {
      load: vi.fn<ITools['memory']['load']>(),
      switch: vi.fn<ITools['memory']['switch']>(),
      correct: vi.fn<ITools['memory']['correct']>().mockResolvedValue(true),
      forget: vi.fn<ITools['memory']['forget']>()
    },
    learner: {
      load: vi.fn<ITools['learner']['load']>(),
      change: vi.fn<ITools['learner']['change']>().mockResolvedValue(null),
      show: vi.fn<ITools['learner']['show']>(),
      dismissNews: vi.fn<ITools['learner']['dismissNews']>(),
      takeIn: vi.fn<ITools['learner']['takeIn']>().mockResolvedValue(null)
    },
    isInSight: (): boolean => true,
    download: vi.fn<ITools['download']>(),
    announce: vi.fn<ITools['announce']>(),
    createMarkdown: (host: HTMLElement) => ({
      draw: (text: string) => {
        host.innerHTML = `<em>${text}</em>`;
        return Promise.resolve();
      },
      dispose: () => {
        takenAway.push(host.isConnected);
      }
    })
  } satisfies ITools;
  return { tools, takenAway };
}

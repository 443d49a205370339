import type { TranslationBundle } from '@jupyterlab/translation';

/** What every part of the panel may use. */
export interface ITools {
  trans: TranslationBundle;
  /** For dates and numbers; undefined is the browser's. */
  locale: string | undefined;
  /** Run a command about a daily. */
  execute: (command: string, daily?: string) => void;
  dismissNotice: () => void;
  /** Have an exercise written about a topic, which may be empty. */
  generate: (topic: string) => void;
  /** Draw Markdown into an element that is in the document, then call `drawn`; the result takes it away again. */
  renderMarkdown: (
    text: string,
    host: HTMLElement,
    drawn: () => void
  ) => () => void;
}

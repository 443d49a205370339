import type { TranslationBundle } from '@jupyterlab/translation';
import type { CoachModel } from '../coach';
import type { LearnerModel } from '../learner';
import type { MemoryKeeper } from '../memory';

/** Markdown that is drawn and may grow. */
export interface IMarkdown {
  /** Draw this text in place of the last one; resolves when it, or one given later, is there. */
  draw: (text: string) => Promise<void>;
  dispose: () => void;
}

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
  /** Ask a question about a daily. */
  ask: (daily: string, text: string) => void;
  /** What else the learner can do with the tutor's words and its memory. */
  coach: Pick<CoachModel, 'draft' | 'search' | 'earlier'>;
  memory: Pick<MemoryKeeper, 'load' | 'switch' | 'correct' | 'forget'>;
  /** What the learner is asked and told, and decides. */
  learner: Pick<
    LearnerModel,
    'load' | 'change' | 'show' | 'dismissNews' | 'takeIn'
  >;
  /** Whether the learner can see the panel. */
  isInSight: () => boolean;
  /** Give the learner a file of all that is remembered. */
  download: () => void;
  /** Have a screen reader say it. */
  announce: (text: string) => void;
  /** A place for Markdown in an element that is in the document. */
  createMarkdown: (host: HTMLElement) => IMarkdown;
}

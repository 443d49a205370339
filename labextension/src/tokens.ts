import type { ISignal } from '@lumino/signaling';
import { Token } from '@lumino/coreutils';
import type { CoachModel } from './coach';
import type { LearnerModel } from './learner';
import type { TutorModel } from './model';

/** The plugin whose id is also that of the settings (`schema/plugin.json`). */
export const SETTINGS_ID = 'jupyter-tutor:plugin';

export const TRANSLATION_DOMAIN = 'jupyter_tutor';

/** The key of the notebook metadata that makes a notebook an exercise. */
export const METADATA_KEY = 'tutor';

export const PANEL_ID = 'jupyter-tutor-panel';

/** The element in which a question is written. */
export const QUESTION_ID = 'jp-Tutor-question';

/** Commands. Those about one exercise take its id as `daily`; without, they act on the one that the panel shows.
 * `generate` takes a `topic`, `ask` a `text`: without one it goes to where the question is written. */
export const CommandIDs = {
  openToday: 'jupyter-tutor:open-today',
  open: 'jupyter-tutor:open',
  submit: 'jupyter-tutor:submit',
  hint: 'jupyter-tutor:hint',
  ask: 'jupyter-tutor:ask',
  forgetAll: 'jupyter-tutor:forget-all',
  downloadData: 'jupyter-tutor:download-data',
  eraseData: 'jupyter-tutor:erase-data',
  complete: 'jupyter-tutor:complete',
  skip: 'jupyter-tutor:skip',
  generate: 'jupyter-tutor:generate',
  cancelGeneration: 'jupyter-tutor:cancel-generation',
  showPanel: 'jupyter-tutor:show-panel',
  refresh: 'jupyter-tutor:refresh'
} as const;

export interface ITutorSettings {
  readonly openPanelOnStart: boolean;
  readonly trackActiveTime: boolean;
  readonly changed: ISignal<this, void>;
  /** Resolves when the values are the learner's, not the defaults. */
  readonly ready: Promise<void>;
}

export const ITutorSettings = new Token<ITutorSettings>(
  'jupyter-tutor:ITutorSettings',
  'The settings of Jupyter Tutor.'
);

export const ITutorModel = new Token<TutorModel>(
  'jupyter-tutor:ITutorModel',
  'The state of the daily exercise, its submissions and the learner’s progress.'
);

export const ICoachModel = new Token<CoachModel>(
  'jupyter-tutor:ICoachModel',
  'What the tutor says to the learner, and what it remembers.'
);

export const ILearnerModel = new Token<LearnerModel>(
  'jupyter-tutor:ILearnerModel',
  'The learner’s profile, news and data.'
);

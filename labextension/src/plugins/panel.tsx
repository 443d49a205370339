import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { tutorIcon } from '../icons';
import type { CoachModel } from '../coach';
import type { LearnerModel } from '../learner';
import type { TutorModel } from '../model';
import { TutorPanel } from '../panel/widget';
import {
  ICoachModel,
  ILearnerModel,
  ITutorModel,
  ITutorSettings,
  PANEL_ID,
  TRANSLATION_DOMAIN
} from '../tokens';

export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-tutor:panel',
  description:
    'The side panel with the exercise, its results and the progress.',
  autoStart: true,
  requires: [
    ITutorModel,
    ICoachModel,
    ILearnerModel,
    ITutorSettings,
    IRenderMimeRegistry
  ],
  optional: [ILayoutRestorer, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    model: TutorModel,
    coach: CoachModel,
    learner: LearnerModel,
    settings: ITutorSettings,
    rendermime: IRenderMimeRegistry,
    restorer: ILayoutRestorer | null,
    translator: ITranslator | null
  ) => {
    const { languageCode } = translator ?? nullTranslator;
    const words = {
      trans: (translator ?? nullTranslator).load(TRANSLATION_DOMAIN),
      locale: languageCode.replace('_', '-')
    };
    const panel = new TutorPanel(
      model,
      coach,
      learner,
      words,
      rendermime,
      app.commands
    );
    panel.id = PANEL_ID;
    panel.title.icon = tutorIcon;
    panel.title.caption = words.trans.__('Tutor');
    app.shell.add(panel, 'left', { rank: 900, type: 'Tutor' });
    restorer?.add(panel, PANEL_ID);
    void Promise.all([app.restored, settings.ready]).then(() => {
      if (settings.openPanelOnStart) {
        app.shell.activateById(PANEL_ID);
      }
    });
  }
};

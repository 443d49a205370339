import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import type { CoachModel } from '../coach';
import type { TutorModel } from '../model';
import { dailyOf, slugOf, watchDaily } from '../notebook';
import { ICoachModel, ITutorModel } from '../tokens';

/** A line of the kernel's magic; it talks to the server, not to this page. */
const MAGIC = /^\s*%tutor\b/m;

export const notebooksPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-tutor:notebooks',
  description: 'Tells the model which exercise is in front of the learner.',
  autoStart: true,
  requires: [ITutorModel, ICoachModel, INotebookTracker],
  activate: (
    _app,
    model: TutorModel,
    coach: CoachModel,
    tracker: INotebookTracker
  ) => {
    const update = () => {
      const notebook = tracker.currentWidget?.content.model ?? null;
      void model.setHere(dailyOf(notebook), slugOf(notebook));
    };
    tracker.widgetAdded.connect((_, panel) => {
      watchDaily(panel, update);
    });
    tracker.currentChanged.connect(update);
    tracker.forEach(panel => {
      watchDaily(panel, update);
    });
    NotebookActions.executed.connect((_, { cell }) => {
      const source = cell.model.sharedModel.getSource();
      if (MAGIC.test(source)) {
        void model.refresh();
        void coach.refresh();
      }
    });
  }
};

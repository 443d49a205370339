import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { TutorClient } from '../client';
import { CoachModel } from '../coach';
import { CoachClient } from '../coach-client';
import { Connection } from '../connection';
import { keepFresh } from '../freshness';
import { LearnerModel } from '../learner';
import { LearnerClient } from '../learner-client';
import { TutorModel } from '../model';
import { ICoachModel, ILearnerModel, ITutorModel } from '../tokens';

export const coachPlugin: JupyterFrontEndPlugin<CoachModel> = {
  id: 'jupyter-tutor:coach',
  description: 'Asks for hints, answers and feedback, and follows them.',
  autoStart: true,
  requires: [ITutorModel],
  provides: ICoachModel,
  activate: (app, tutor: TutorModel) => {
    const connection = new Connection(app.serviceManager.serverSettings);
    return new CoachModel(new CoachClient(connection), tutor);
  }
};

export const learnerPlugin: JupyterFrontEndPlugin<LearnerModel> = {
  id: 'jupyter-tutor:learner',
  description: 'Keeps the learner’s profile and news up to date.',
  autoStart: true,
  requires: [ITutorModel, ICoachModel],
  provides: ILearnerModel,
  activate: (app, tutor: TutorModel, coach: CoachModel) => {
    const connection = new Connection(app.serviceManager.serverSettings);
    const learner = new LearnerModel(new LearnerClient(connection), tutor);
    learner.replaced.connect(() => {
      void tutor.restart();
      void coach.restart();
    });
    return learner;
  }
};

export const modelPlugin: JupyterFrontEndPlugin<TutorModel> = {
  id: 'jupyter-tutor:model',
  description: 'Keeps the daily exercise and the progress up to date.',
  autoStart: true,
  provides: ITutorModel,
  activate: app => {
    const client = new TutorClient(
      new Connection(app.serviceManager.serverSettings)
    );
    const model = new TutorModel(client);
    // after the restored layout, so that the tutor never delays Lab
    void app.restored.then(() => {
      keepFresh(() => void model.refresh());
    });
    return model;
  }
};

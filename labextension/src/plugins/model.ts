import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { TutorClient } from '../client';
import { keepFresh } from '../freshness';
import { TutorModel } from '../model';
import { ITutorModel } from '../tokens';

export const modelPlugin: JupyterFrontEndPlugin<TutorModel> = {
  id: 'jupyter-tutor:model',
  description: 'Keeps the daily exercise and the progress up to date.',
  autoStart: true,
  provides: ITutorModel,
  activate: app => {
    const client = new TutorClient(app.serviceManager.serverSettings);
    const model = new TutorModel(client);
    // after the restored layout, so that the tutor never delays Lab
    void app.restored.then(() => {
      keepFresh(() => void model.refresh());
    });
    return model;
  }
};

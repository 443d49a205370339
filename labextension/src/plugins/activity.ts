import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { NotebookPanel } from '@jupyterlab/notebook';
import { ActivityMeter, TICK } from '../activity';
import { TutorClient } from '../client';
import { Connection } from '../connection';
import { dailyOf } from '../notebook';
import { ITutorSettings } from '../tokens';

export const activityPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-tutor:activity',
  description: 'Reports the time a learner is active on an exercise.',
  autoStart: true,
  requires: [ITutorSettings],
  activate: (app, settings: ITutorSettings) => {
    const client = new TutorClient(
      new Connection(app.serviceManager.serverSettings)
    );
    const meter = new ActivityMeter((daily, seconds) =>
      client.activity(daily, seconds)
    );
    const current = () => {
      const widget = app.shell.currentWidget;
      const counts =
        settings.trackActiveTime &&
        document.visibilityState === 'visible' &&
        widget instanceof NotebookPanel;
      return counts ? dailyOf(widget.content.model) : null;
    };
    const touch = () => {
      meter.touch(Date.now());
    };
    const tick = () => {
      meter.tick(Date.now(), current());
    };
    for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
      window.addEventListener(type, touch, { capture: true, passive: true });
    }
    document.addEventListener('visibilitychange', tick);
    window.setInterval(tick, TICK);
  }
};

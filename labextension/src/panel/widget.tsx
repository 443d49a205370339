import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import type { Message } from '@lumino/messaging';
import React from 'react';
import type { CoachModel } from '../coach';
import { saveFile } from '../file';
import type { LearnerModel } from '../learner';
import type { TutorModel } from '../model';
import { CommandIDs } from '../tokens';
import { Markdown, withoutMedia } from './renderer';
import type { ITools } from './tools';
import { TutorView } from './view';

/** The side panel. */
export class TutorPanel extends ReactWidget {
  constructor(
    private readonly _model: TutorModel,
    private readonly _coach: CoachModel,
    private readonly _learner: LearnerModel,
    words: Pick<ITools, 'trans' | 'locale'>,
    rendermime: IRenderMimeRegistry,
    commands: CommandRegistry
  ) {
    super();
    this.addClass('jp-Tutor');
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.trans.__('Tutor'));
    const quiet = withoutMedia(rendermime);
    this._tools = {
      ...words,
      execute: (command, daily) => {
        void commands.execute(command, daily === undefined ? {} : { daily });
      },
      generate: topic => {
        void commands.execute(CommandIDs.generate, { topic });
      },
      dismissNotice: () => {
        _model.dismissNotice();
      },
      ask: (daily, text) => {
        void commands.execute(CommandIDs.ask, { daily, text });
      },
      coach: _coach,
      memory: _coach.memory,
      learner: _learner,
      isInSight: () => this.isVisible && document.visibilityState === 'visible',
      download: () => {
        void _coach.memory.export().then(json => {
          if (json !== null) {
            saveFile('what-the-tutor-remembers.json', json);
          }
        });
      },
      announce: text => {
        this._speaker.textContent = text;
      },
      createMarkdown: host => new Markdown(quiet, host)
    };
  }

  protected override render(): React.JSX.Element {
    return (
      <UseSignal signal={this._model.changed}>
        {() => (
          <UseSignal signal={this._coach.changed}>
            {() => (
              <UseSignal signal={this._learner.changed}>
                {() => this._view()}
              </UseSignal>
            )}
          </UseSignal>
        )}
      </UseSignal>
    );
  }

  /** What is true of news depends on whether the learner sees them. */
  protected override onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this.update();
  }

  private _view(): React.JSX.Element {
    return (
      <TutorView
        state={this._model.state}
        coach={this._coach.state}
        learner={this._learner.state}
        tools={this._tools}
      />
    );
  }

  override dispose(): void {
    this._speaker.remove();
    super.dispose();
  }

  private readonly _tools: ITools;
  private readonly _speaker = createSpeaker();
}

/** What screen readers read out as soon as it changes. */
function createSpeaker(): HTMLElement {
  const node = document.createElement('div');
  node.className = 'jp-Tutor-hidden';
  node.setAttribute('role', 'status');
  node.setAttribute('aria-live', 'polite');
  document.body.append(node);
  return node;
}

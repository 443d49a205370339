import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { MimeModel } from '@jupyterlab/rendermime';
import { ReactWidget, UseSignal } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { Widget } from '@lumino/widgets';
import React from 'react';
import type { TutorModel } from '../model';
import { CommandIDs } from '../tokens';
import type { ITools } from './tools';
import { TutorView } from './view';

/** The side panel. */
export class TutorPanel extends ReactWidget {
  constructor(
    private readonly _model: TutorModel,
    words: Pick<ITools, 'trans' | 'locale'>,
    rendermime: IRenderMimeRegistry,
    commands: CommandRegistry
  ) {
    super();
    this.addClass('jp-Tutor');
    this.node.tabIndex = -1;
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', words.trans.__('Tutor'));
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
      renderMarkdown: (text, host, drawn) =>
        renderMarkdown(rendermime, text, host, drawn)
    };
  }

  protected override render(): React.JSX.Element {
    return (
      <UseSignal signal={this._model.changed}>
        {() => <TutorView state={this._model.state} tools={this._tools} />}
      </UseSignal>
    );
  }

  private readonly _tools: ITools;
}

function renderMarkdown(
  rendermime: IRenderMimeRegistry,
  text: string,
  host: HTMLElement,
  drawn: () => void
): () => void {
  const renderer = rendermime.createRenderer('text/markdown');
  const data = { 'text/markdown': text };
  Widget.attach(renderer, host);
  // untrusted: the text may come from a language model
  void renderer
    .renderModel(new MimeModel({ data, trusted: false }))
    .then(() => {
      // code scrolls sideways, so the keyboard must reach it
      for (const code of host.querySelectorAll('pre')) {
        code.tabIndex = 0;
      }
      drawn();
    });
  return () => {
    renderer.dispose();
  };
}

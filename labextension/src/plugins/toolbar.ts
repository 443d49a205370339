import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import { CommandToolbarButton } from '@jupyterlab/ui-components';
import type { CommandRegistry } from '@lumino/commands';
import { DisposableDelegate } from '@lumino/disposable';
import { slugOf, watchDaily } from '../notebook';
import { CommandIDs, TRANSLATION_DOMAIN } from '../tokens';

/** Among the notebook's own buttons, behind "run" and its neighbours. */
const RANK = 10;

export const toolbarPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-tutor:toolbar',
  description: 'Submit and Hint in the toolbar of exercise notebooks.',
  autoStart: true,
  optional: [ITranslator],
  activate: (app, translator: ITranslator | null) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    app.docRegistry.addWidgetExtension('Notebook', {
      createNew: (panel: NotebookPanel) => {
        const buttons = new ExerciseButtons(panel, app.commands, {
          submit: trans.__('Submit'),
          hint: trans.__('Hint')
        });
        watchDaily(panel, daily => {
          buttons.show(daily, slugOf(panel.content.model));
        });
        return new DisposableDelegate(() => {
          buttons.show(null, null);
        });
      }
    });
  }
};

/** The buttons of one notebook; they come and go with its metadata. */
class ExerciseButtons {
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _commands: CommandRegistry,
    private readonly _labels: Record<'submit' | 'hint', string>
  ) {}

  show(daily: string | null, slug: string | null): void {
    if (daily === this._daily && slug === this._slug) {
      return;
    }
    this._daily = daily;
    this._slug = slug;
    this._buttons.forEach(button => {
      button.dispose();
    });
    this._buttons =
      daily === null
        ? []
        : (['submit', 'hint'] as const).map((name, index) => {
            const button = new CommandToolbarButton({
              commands: this._commands,
              id: CommandIDs[name],
              label: this._labels[name],
              args: { daily, slug }
            });
            button.addClass('jp-Tutor-toolbarButton');
            this._panel.toolbar.insertItem(
              RANK + index,
              `tutor-${name}`,
              button
            );
            return button;
          });
  }

  private _daily: string | null = null;
  private _slug: string | null = null;
  private _buttons: CommandToolbarButton[] = [];
}

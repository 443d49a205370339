import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';
import type { CoachModel } from '../coach';
import type { IScreen } from '../coach-service';
import {
  confirmComplete,
  confirmErase,
  confirmForgetAll,
  confirmSkip
} from '../confirm';
import { saveFile } from '../file';
import { hintIcon, submitIcon, tutorIcon } from '../icons';
import type { LearnerModel } from '../learner';
import type { TutorModel } from '../model';
import { collect, dailyOf, screenOf, slugOf } from '../notebook';
import { ready } from '../slot';
import * as select from '../state';
import {
  CommandIDs,
  ICoachModel,
  ILearnerModel,
  ITutorModel,
  PANEL_ID,
  QUESTION_ID,
  TRANSLATION_DOMAIN
} from '../tokens';

type Options = CommandRegistry.ICommandOptions;
type Arguments = Readonly<Record<string, unknown>>;
type Can = (state: select.ITutorState, id: string) => boolean;

export const commandsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'jupyter-tutor:commands',
  description: 'The commands of Jupyter Tutor.',
  autoStart: true,
  requires: [ITutorModel, ICoachModel, ILearnerModel, INotebookTracker],
  optional: [ICommandPalette, ITranslator],
  activate: (
    app: JupyterFrontEnd,
    model: TutorModel,
    coach: CoachModel,
    learner: LearnerModel,
    tracker: INotebookTracker,
    palette: ICommandPalette | null,
    translator: ITranslator | null
  ) => {
    const trans = (translator ?? nullTranslator).load(TRANSLATION_DOMAIN);
    const doors = new Doors(app, model, coach, tracker, trans);
    const all = { ...doors.commands(), ...dataCommands(learner, trans) };
    for (const [id, options] of Object.entries(all)) {
      app.commands.addCommand(id, options);
      if (id !== CommandIDs.open) {
        palette?.addItem({ command: id, category: trans.__('Tutor') });
      }
    }
    const tell = () => {
      for (const id of Object.values(CommandIDs)) {
        app.commands.notifyCommandChanged(id);
      }
    };
    model.changed.connect(tell);
    coach.changed.connect(tell);
  }
};

/** What the commands do, and when they make sense. */
class Doors {
  constructor(
    private readonly _app: JupyterFrontEnd,
    private readonly _model: TutorModel,
    private readonly _coach: CoachModel,
    private readonly _tracker: INotebookTracker,
    private readonly _trans: TranslationBundle
  ) {}

  commands(): Record<string, Options> {
    const trans = this._trans;
    return {
      [CommandIDs.openToday]: {
        label: trans.__('Open Today’s Exercise'),
        isEnabled: () => this._todayId() !== null,
        execute: () => this._open(this._todayId())
      },
      [CommandIDs.open]: this._aboutOne(
        { label: trans.__('Open Exercise') },
        () => true,
        id => this._open(id)
      ),
      [CommandIDs.submit]: this._unlessReplaced(
        {
          label: trans.__('Submit Exercise'),
          caption: trans.__('Save the notebook and check the answer'),
          icon: submitIcon
        },
        select.canSubmit,
        id => this._submit(id)
      ),
      ...this._coaching(),
      ...this._closing(),
      ...this._writing(),
      [CommandIDs.showPanel]: {
        label: trans.__('Show Tutor Panel'),
        icon: tutorIcon,
        execute: () => {
          this._showPanel();
          document.getElementById(PANEL_ID)?.focus();
        }
      },
      [CommandIDs.refresh]: {
        label: trans.__('Refresh Tutor'),
        execute: async () => {
          await Promise.all([this._model.refresh(), this._coach.refresh()]);
        }
      }
    };
  }

  private _coaching(): Record<string, Options> {
    const trans = this._trans;
    return {
      [CommandIDs.hint]: this._unlessReplaced(
        {
          label: trans.__('Ask for a Hint'),
          caption: trans.__('Show the next hint in the Tutor panel'),
          icon: hintIcon
        },
        select.canHint,
        id => this._hint(id)
      ),
      [CommandIDs.ask]: this._unlessReplaced(
        {
          label: trans.__('Ask the Tutor'),
          caption: trans.__('Ask a question in the Tutor panel')
        },
        select.canAsk,
        (id, { text }) => this._ask(id, text)
      ),
      [CommandIDs.forgetAll]: {
        label: trans.__('Forget Everything That the Tutor Remembers'),
        execute: async () => {
          if (await confirmForgetAll(trans)) {
            await this._coach.memory.forgetAll();
          }
        }
      }
    };
  }

  private _closing(): Record<string, Options> {
    return {
      [CommandIDs.complete]: this._aboutOne(
        { label: this._trans.__('Mark Exercise as Complete') },
        select.canComplete,
        async id => {
          const daily = select.findDaily(this._model.state, id);
          if (daily && (await confirmComplete(daily, this._trans))) {
            await this._model.complete(id);
          }
        }
      ),
      [CommandIDs.skip]: this._aboutOne(
        { label: this._trans.__('Skip Today’s Exercise') },
        select.canSkip,
        async id => {
          const daily = select.findDaily(this._model.state, id);
          if (daily && (await confirmSkip(daily, this._trans))) {
            await this._model.skip(id);
          }
        }
      )
    };
  }

  private _writing(): Record<string, Options> {
    const model = this._model;
    return {
      [CommandIDs.generate]: {
        label: this._trans.__('Write Another Exercise'),
        caption: this._trans.__('Have the language model write an exercise'),
        isEnabled: () => select.canGenerate(model.state),
        execute: async ({ topic }) => {
          this._showPanel();
          if (select.canGenerate(model.state)) {
            await model.generate(typeof topic === 'string' ? topic : '');
          }
        }
      },
      [CommandIDs.cancelGeneration]: {
        label: this._trans.__('Stop Writing the Exercise'),
        isEnabled: () => select.canCancelGeneration(model.state),
        execute: () => model.cancelGeneration()
      }
    };
  }

  /** A command about the exercise named in its arguments, else about the one that the panel shows. */
  private _aboutOne(
    options: Omit<Options, 'execute'>,
    can: Can,
    execute: (id: string, args: Arguments) => Promise<void>
  ): Options {
    const idOf = (args: object) =>
      select.notebookOf(this._model.state, args).id;
    return {
      ...options,
      isEnabled: args => {
        const id = idOf(args);
        return id !== null && can(this._model.state, id);
      },
      execute: async args => {
        const id = idOf(args);
        if (id !== null && can(this._model.state, id)) {
          await execute(id, args);
        }
      }
    };
  }

  /** Such a command; from a notebook whose exercise was replaced by another one it says so instead. */
  private _unlessReplaced(
    options: Omit<Options, 'execute'>,
    can: Can,
    execute: (id: string, args: Arguments) => Promise<void>
  ): Options {
    const replaced = (args: object) => {
      const { state } = this._model;
      return select.isReplaced(state, select.notebookOf(state, args));
    };
    const command = this._aboutOne(options, can, execute);
    return {
      ...command,
      isEnabled: args =>
        replaced(args) || command.isEnabled?.call(command, args) === true,
      execute: async args => {
        if (replaced(args)) {
          this._showPanel();
          this._model.tellReplaced();
        } else {
          await command.execute.call(command, args);
        }
      }
    };
  }

  private async _open(id: string | null): Promise<void> {
    if (id === null) {
      return;
    }
    const panel = this._panelOf(id);
    if (panel) {
      this._app.shell.activateById(panel.id);
      return;
    }
    const path = await this._model.open(id);
    if (path !== null) {
      await this._app.commands.execute('docmanager:open', { path });
    }
  }

  /** An exercise that is not open is submitted as it was saved. */
  private async _submit(id: string): Promise<void> {
    this._showPanel();
    const panel = this._panelOf(id);
    await this._model.submit(id, () =>
      panel ? collect(panel) : Promise.resolve({ sources: {}, saved: true })
    );
  }

  private async _hint(id: string): Promise<void> {
    this._showPanel();
    await this._coach.hint(id, () => this._screen(id));
  }

  private async _ask(id: string, text: unknown): Promise<void> {
    this._showPanel();
    if (typeof text === 'string') {
      await this._coach.ask(id, text, () => this._screen(id));
    } else {
      document.getElementById(QUESTION_ID)?.focus();
    }
  }

  /** What the learner sees of an exercise; one that is not open counts as it was saved. */
  private _screen(id: string): IScreen {
    const panel = this._panelOf(id);
    return panel ? screenOf(panel) : { sources: {} };
  }

  private _showPanel(): void {
    this._app.shell.activateById(PANEL_ID);
  }

  private _todayId(): string | null {
    return ready(this._model.state.today)?.id ?? null;
  }

  /** Not the notebook of an exercise that the daily was before. */
  private _panelOf(id: string): NotebookPanel | null {
    const slug = select.findDaily(this._model.state, id)?.slug;
    const found = this._tracker.find(({ content: { model } }) => {
      const own = slugOf(model);
      const fits = own === null || slug === undefined || own === slug;
      return dailyOf(model) === id && fits;
    });
    return found ?? null;
  }
}

/** What the learner can do with all that is kept. */
function dataCommands(
  learner: LearnerModel,
  trans: TranslationBundle
): Record<string, Options> {
  return {
    [CommandIDs.downloadData]: {
      label: trans.__('Download Everything That the Tutor Keeps'),
      execute: async () => {
        const json = await learner.archive();
        if (json !== null) {
          saveFile('jupyter-tutor-data.json', json);
        }
      }
    },
    [CommandIDs.eraseData]: {
      label: trans.__('Delete Everything That the Tutor Keeps'),
      execute: async () => {
        if (await confirmErase(trans)) {
          await learner.erase();
        }
      }
    }
  };
}

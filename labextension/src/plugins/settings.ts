import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { PromiseDelegate } from '@lumino/coreutils';
import { Signal } from '@lumino/signaling';
import { ITutorSettings, SETTINGS_ID } from '../tokens';

class TutorSettings implements ITutorSettings {
  openPanelOnStart = true;
  trackActiveTime = true;
  readonly changed = new Signal<this, void>(this);

  get ready(): Promise<void> {
    return this._ready.promise;
  }

  /** Without a registry, or when it fails, the defaults hold. */
  async load(registry: ISettingRegistry | null): Promise<void> {
    try {
      const settings = await registry?.load(SETTINGS_ID);
      const read = () => {
        this.openPanelOnStart =
          settings?.get('openPanelOnStart').composite !== false;
        this.trackActiveTime =
          settings?.get('trackActiveTime').composite !== false;
        this.changed.emit();
      };
      settings?.changed.connect(read);
      read();
    } catch (error) {
      console.warn('The settings of Jupyter Tutor did not load.', error);
    }
    this._ready.resolve();
  }

  private readonly _ready = new PromiseDelegate<void>();
}

export const settingsPlugin: JupyterFrontEndPlugin<ITutorSettings> = {
  id: SETTINGS_ID,
  description: 'The settings of Jupyter Tutor.',
  autoStart: true,
  optional: [ISettingRegistry],
  provides: ITutorSettings,
  activate: (_app, registry: ISettingRegistry | null) => {
    const settings = new TutorSettings();
    void settings.load(registry);
    return settings;
  }
};

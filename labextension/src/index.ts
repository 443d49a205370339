import { activityPlugin } from './plugins/activity';
import { commandsPlugin } from './plugins/commands';
import { coachPlugin, learnerPlugin, modelPlugin } from './plugins/model';
import { notebooksPlugin } from './plugins/notebooks';
import { panelPlugin } from './plugins/panel';
import { settingsPlugin } from './plugins/settings';
import { toolbarPlugin } from './plugins/toolbar';

export default [
  settingsPlugin,
  modelPlugin,
  coachPlugin,
  learnerPlugin,
  notebooksPlugin,
  commandsPlugin,
  panelPlugin,
  toolbarPlugin,
  activityPlugin
];

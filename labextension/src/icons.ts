import { LabIcon } from '@jupyterlab/ui-components';

// A graduation cap.
const CAP = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3 jp-icon-selectable" fill="#616161"
    d="M12 3 1 9l11 6 9-4.9V17h2V9L12 3zM5 13.2v4L12 21l7-3.8v-4L12 17l-7-3.8z"/>
</svg>`;

// A sheet that goes up.
const SUBMIT = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161" d="M5 4h14v2H5V4zm7 4 6 6h-4v6h-4v-6H6l6-6z"/>
</svg>`;

// A light bulb.
const HINT = `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <path class="jp-icon3" fill="#616161"
    d="M12 2a7 7 0 0 0-4 12.7V17h8v-2.3A7 7 0 0 0 12 2zm2 11.7V15h-4v-1.3a5 5 0 1 1 4 0zM9 19h6v1a2 2 0 0 1-2 2h-2a2 2 0 0 1-2-2v-1z"/>
</svg>`;

export const tutorIcon = new LabIcon({
  name: 'jupyter-tutor:cap',
  svgstr: CAP
});
export const submitIcon = new LabIcon({
  name: 'jupyter-tutor:submit',
  svgstr: SUBMIT
});
export const hintIcon = new LabIcon({
  name: 'jupyter-tutor:hint',
  svgstr: HINT
});

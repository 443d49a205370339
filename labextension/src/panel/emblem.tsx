import React from 'react';
import type { Badge } from '../schemas';

// Shapes in a square of 24.
const SHAPES: Record<Badge['icon'], string> = {
  flame:
    'M12.6 2c.6 3.4-1 5-2.6 6.9-.5-.8-.8-1.5-.9-2.4C6.5 8.6 5 11.3 5 14.2 5 18.5 8.1 22 12 22s7-3.3 7-7.6c0-4.8-3.5-6.6-6.4-12.4zM12 20c-1.9 0-3.2-1.4-3.2-3.2 0-2 1.6-2.8 2.7-4.8 1.7 1.4 3.7 2.8 3.7 5 0 1.7-1.4 3-3.2 3z',
  star: 'M12 2l3 6.6 7.2.8-5.4 4.8 1.6 7.1L12 17.7l-6.4 3.6 1.6-7.1-5.4-4.8 7.2-.8z',
  tree: 'M12 2 5.5 10H8l-4 6h6.8v6h2.4v-6H20l-4-6h2.5z',
  medal:
    'M7 2h4l1 2.6L13 2h4l-2.6 6.5a7 7 0 1 1-4.8 0zm5 8.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z'
};

interface IEmblemProps {
  icon: Badge['icon'];
  earned: boolean;
}

/** The sign of a badge; the words beside it say the same. */
export function Emblem({ icon, earned }: IEmblemProps): React.JSX.Element {
  return (
    <svg
      className={`jp-Tutor-emblem jp-mod-${earned ? icon : 'open'}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <path d={SHAPES[icon]} fillRule="evenodd" />
    </svg>
  );
}

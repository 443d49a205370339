import React from 'react';

/** Time zones that the browser knows, as suggestions for an input. */
export function Zones({ id }: { id: string }): React.JSX.Element {
  return (
    <datalist id={id}>
      {ZONES.map(zone => (
        <option key={zone} value={zone} />
      ))}
    </datalist>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** Where the browser is; empty when it does not say. */
export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || '';
}

import React from 'react';
import type { Skill } from '../schemas';
import { topicWord } from './learner-words';
import type { ITools } from './tools';
import { numberWord } from './words';

const FEWEST = 3;
const MOST = 7;
const WIDTH = 250;
const HEIGHT = 168;
const RADIUS = 62;
const RINGS = [25, 50, 75, 100];

interface IRadarProps {
  skills: readonly Skill[];
  tools: ITools;
}

/** The topics with the most exercises as axes of one figure; nothing below three, which make no figure. */
export function Radar(props: IRadarProps): React.JSX.Element | null {
  const { skills, tools } = props;
  const axes = [...skills]
    .sort((a, b) => b.evidence - a.evidence)
    .slice(0, MOST)
    .sort((a, b) => a.topic.localeCompare(b.topic));
  if (axes.length < FEWEST) {
    return null;
  }
  const words = axes.map(({ topic, mean }) =>
    tools.trans.__(
      '%1 %2 %',
      topicWord(topic),
      numberWord(Math.round(mean), tools)
    )
  );
  return (
    <svg
      className="jp-Tutor-radar"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={tools.trans.__('What you know: %1', words.join(', '))}
    >
      {RINGS.map(ring => (
        <path key={ring} className="jp-mod-ring" d={figure(axes, () => ring)} />
      ))}
      <path
        className="jp-mod-band"
        fillRule="evenodd"
        d={figure(axes, s => s.high) + figure(axes, s => s.low)}
      />
      <path className="jp-mod-mean" d={figure(axes, s => s.mean)} />
      {axes.map((skill, index) => (
        <Label
          key={skill.topic}
          topic={skill.topic}
          at={[index, axes.length]}
        />
      ))}
    </svg>
  );
}

/** Words below each other, because the panel is narrow. */
function Label(props: { topic: string; at: [number, number] }) {
  const [x, y] = point(props.at, 112);
  const side = x - WIDTH / 2;
  const anchor = Math.abs(side) < 5 ? 'middle' : side > 0 ? 'start' : 'end';
  const words = topicWord(props.topic).split(' ');
  return (
    <text textAnchor={anchor} y={y - 5 * (words.length - 1) + 3}>
      {words.map((word, index) => (
        <tspan key={index} x={x} dy={index === 0 ? 0 : 10}>
          {word}
        </tspan>
      ))}
    </text>
  );
}

/** A closed line through one percentage on each axis. */
function figure(
  axes: readonly Skill[],
  percent: (skill: Skill) => number
): string {
  const points = axes.map((skill, index) =>
    point([index, axes.length], percent(skill)).join(' ')
  );
  return `M${points.join('L')}Z`;
}

/** Where a percentage is on the axis with this index of so many; the first points up. */
function point(
  [index, count]: [number, number],
  percent: number
): [number, number] {
  const angle = (2 * Math.PI * index) / count;
  const length = (RADIUS * percent) / 100;
  const x = WIDTH / 2 + length * Math.sin(angle);
  const y = HEIGHT / 2 - length * Math.cos(angle);
  return [Number(x.toFixed(1)), Number(y.toFixed(1))];
}

import { line } from "d3-shape";
import { formatDay } from "#analytics/period.ts";
import { type FixFigureData, type FixMark, perWeekText } from "#app/fixes/fix-figure.ts";
import { dateText, monthText } from "#app/format.ts";
import { type FixWeek, type FixWeeks, washInOf } from "#app/tables/fix-weeks.ts";
import {
  type FixGeometry,
  fixGeometry,
  fixPlotHeight,
  stretchesOf,
  volumePlotHeight,
} from "./fix-chart-geometry.ts";
import { spread } from "./trend-geometry.ts";

/** The weeks before and since a second fix, drawn by the server: complete without JavaScript and on paper, at any width. */
export function FixChart({ weeks, marks, label }: Pick<FixFigureData, "weeks" | "marks" | "label">) {
  const geometry = fixGeometry(weeks);
  const rows = `${fixPlotHeight}px ${volumePlotHeight}px auto`;
  return (
    <div className="trend fix-chart" style={{ gridTemplateRows: rows }}>
      <Values ticks={geometry.yTicks} y={geometry.y} />
      <div className="trend-plot">
        <WashIn weeks={weeks} geometry={geometry} />
        <Weeks weeks={weeks} geometry={geometry} label={label} />
        <Signals weeks={weeks} geometry={geometry} />
        {marks.map((mark, index) => (
          <Mark key={`${mark.on} ${mark.label}`} {...{ mark, index, geometry }} />
        ))}
      </div>
      <EndLabels weeks={weeks} geometry={geometry} />
      <Values ticks={geometry.volumeTicks} y={geometry.volumeY} />
      <div className="trend-plot fix-volume">
        <WashIn weeks={weeks} geometry={geometry} />
        <Volume weeks={weeks} geometry={geometry} />
      </div>
      <p className="fix-volume-label small soft">Causes without a fix</p>
      <Months geometry={geometry} />
    </div>
  );
}

interface PartProps {
  weeks: FixWeeks;
  geometry: FixGeometry;
}

function Values({ ticks, y }: { ticks: readonly number[]; y: (value: number) => number }) {
  return (
    <div className="trend-values small soft" aria-hidden="true">
      {ticks.map((tick) => (
        <span key={tick} style={{ top: `${y(tick)}%` }}>
          {tick}
        </span>
      ))}
    </div>
  );
}

/** From the first day of the fix to the end of the wash-in: neither side. */
function WashIn({ weeks, geometry: { day } }: PartProps) {
  const { start, end } = washInOf(weeks.dates);
  return (
    <div className="fix-wash-in" style={{ left: `${day(start)}%`, width: `${day(end) - day(start)}%` }} />
  );
}

function Weeks({ weeks, geometry, label }: PartProps & { label: string }) {
  const { middle, y, yTicks } = geometry;
  const path = line<FixWeek>()
    .x(middle)
    .y(({ cases }) => y(cases));
  return (
    <svg
      className="trend-lines"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {yTicks.map((tick) => (
        <line key={tick} className={tick === 0 ? "trend-zero" : "trend-grid"} {...across(0, 100, y(tick))} />
      ))}
      <Interval weeks={weeks} geometry={geometry} />
      {stretchesOf(weeks.weeks).map((stretch) => (
        <path
          key={stretch[0]?.start}
          className="fix-weeks"
          data-part={stretch[0]?.part}
          d={path(stretch) ?? ""}
        />
      ))}
      <Means weeks={weeks} geometry={geometry} />
    </svg>
  );
}

/** The mean of each side, and the limits of the baseline, which go on after the fix. */
function Means({ weeks: { weeks, baseline, since, limits }, geometry }: PartProps) {
  const { day, y } = geometry;
  const counted = weeks.filter(({ part }) => part === "baseline");
  const [first, last] = [counted[0], counted.at(-1)];
  if (baseline === null || first === undefined || last === undefined) return null;
  const [from, fix, end] = [day(first.start), day(last.start + 7), 100];
  const after = sinceSpan(weeks, geometry);
  return (
    <>
      <line className="fix-mean" {...across(from, fix, y(baseline.mean))} />
      <line className="fix-mean fix-goes-on" {...across(fix, end, y(baseline.mean))} />
      {limits !== null &&
        [limits.low, limits.high].map((limit, i) => (
          <line key={i === 0 ? "low" : "high"} className="fix-limit" {...across(from, end, y(limit))} />
        ))}
      {since !== null && after !== null && (
        <line className="fix-mean fix-since" {...across(after.from, after.to, y(since.mean))} />
      )}
    </>
  );
}

function Interval({ weeks: { weeks, since }, geometry }: PartProps) {
  const span = sinceSpan(weeks, geometry);
  if (since === null || span === null) return null;
  const [top, bottom] = [geometry.y(since.interval.high), geometry.y(since.interval.low)];
  return (
    <rect className="fix-interval" x={span.from} width={span.to - span.from} y={top} height={bottom - top} />
  );
}

function sinceSpan(weeks: readonly FixWeek[], { day }: FixGeometry): { from: number; to: number } | null {
  const since = weeks.filter(({ part }) => part === "since");
  const [first, last] = [since[0], since.at(-1)];
  return first === undefined || last === undefined
    ? null
    : { from: day(first.start), to: day(last.start + 7) };
}

function Signals({ weeks: { weeks }, geometry: { middle, y } }: PartProps) {
  return weeks.map((week) =>
    week.signal === null ? null : (
      <span
        key={week.start}
        className="fix-signal"
        data-kind={week.signal.kind}
        aria-hidden="true"
        style={{ left: `${middle(week)}%`, top: `${y(week.cases)}%` }}
      >
        {week.signal.kind === "shift" ? "•" : week.signal.side === "high" ? "▲" : "▼"}
      </span>
    ),
  );
}

function Mark({
  mark: { on, label },
  index,
  geometry,
}: {
  mark: FixMark;
  index: number;
  geometry: FixGeometry;
}) {
  const left = geometry.day(on);
  return (
    <div className="trend-mark" style={{ left: `${left}%` }} data-side={left > 60 ? "left" : "right"}>
      {/* Neighbouring days take turns in four rows. */}
      <span className="small" style={{ top: `${(index % 4) * 1.4}em` }}>
        {label}{" "}
        <time className="fix-mark-day" dateTime={formatDay(on)}>
          {dateText(formatDay(on))}
        </time>
      </span>
    </div>
  );
}

function EndLabels({ weeks: { baseline, since, limits }, geometry }: PartProps) {
  const labels = [
    ...(baseline === null ? [] : [{ key: "before", text: "Mean before", value: baseline.mean }]),
    ...(since === null ? [] : [{ key: "since", text: "Mean since", value: since.mean }]),
    ...(limits === null ? [] : [{ key: "limit", text: "Upper limit", value: limits.high }]),
  ].map((label) => ({ ...label, top: (geometry.y(label.value) / 100) * fixPlotHeight }));
  return (
    <ul className="trend-ends small">
      {spread(
        labels.sort((a, b) => a.top - b.top),
        fixPlotHeight,
      ).map(({ key, text, value, top }) => (
        <li key={key} style={{ top: `${top}px` }}>
          <span className="fix-swatch" data-line={key} />
          {text} <strong>{perWeekText(value)}</strong>
        </li>
      ))}
    </ul>
  );
}

function Volume({ weeks: { weeks }, geometry: { middle, volumeY, volumeTicks } }: PartProps) {
  const path = line<FixWeek>()
    .x(middle)
    .y(({ unfixed }) => volumeY(unfixed));
  return (
    <svg
      className="trend-lines"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label="Cases a week of the causes without a second fix"
    >
      {volumeTicks.map((tick) => (
        <line
          key={tick}
          className={tick === 0 ? "trend-zero" : "trend-grid"}
          {...across(0, 100, volumeY(tick))}
        />
      ))}
      {stretchesOf(weeks).map((stretch) => (
        <path
          key={stretch[0]?.start}
          className="fix-weeks fix-unfixed"
          data-part={stretch[0]?.part}
          d={path(stretch) ?? ""}
        />
      ))}
    </svg>
  );
}

function Months({ geometry: { months } }: { geometry: FixGeometry }) {
  return (
    <div className="trend-months small soft" aria-hidden="true">
      {months.map(({ month, withYear, minor, left }) => {
        const [name = "", year = ""] = monthText(month, "short").split(" ");
        return (
          <span key={month} className={minor ? "minor" : undefined} style={{ left: `${left}%` }}>
            {name}
            {withYear && <span>{year}</span>}
          </span>
        );
      })}
    </div>
  );
}

/** A line from left to right. */
function across(x1: number, x2: number, y: number) {
  return { x1, x2, y1: y, y2: y };
}

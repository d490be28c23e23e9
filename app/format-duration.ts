import { counted } from "./format.ts";

/** A part of `app/format.ts`. 135 -> "2 h 15 min", 5 -> "5 min", 4_500 -> "3 days 3 h": the two largest units of a time that went by. */
export function durationText(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  if (days > 0) return hours === 0 ? counted(days, "day") : `${counted(days, "day")} ${hours} h`;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

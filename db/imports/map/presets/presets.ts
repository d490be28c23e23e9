import { BadInput } from "../../bad-input.ts";
import { cfpb } from "./cfpb.ts";
import { fixtwice } from "./fixtwice.ts";
import { freshdesk } from "./freshdesk.ts";
import { generic } from "./generic.ts";
import { itop, osticket, salesforce } from "./help-desks.ts";
import { dispatch, gitlab, nhsFft, pagerduty } from "./incident-tools.ts";
import { intercom } from "./intercom.ts";
import { jira } from "./jira.ts";
import { nyc311 } from "./nyc311.ts";
import type { Preset } from "./preset.ts";
import { servicenow } from "./servicenow.ts";
import { zendesk } from "./zendesk.ts";

/** Every preset; the last one takes any table. */
export const presets: readonly Preset[] = [
  cfpb,
  fixtwice,
  servicenow,
  zendesk,
  freshdesk,
  intercom,
  jira,
  salesforce,
  pagerduty,
  nyc311,
  osticket,
  itop,
  dispatch,
  gitlab,
  nhsFft,
  generic,
];

export function presetByName(name: string): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

/** @throws BadInput for a name that is none */
export function namedPreset(name: string): Preset {
  const preset = presetByName(name);
  if (preset !== undefined) return preset;
  throw new BadInput(
    `There is no preset “${name}”; expected one of ${presets.map((known) => known.name).join(", ")}. ` +
      "Leave it out to have the header recognised.",
  );
}

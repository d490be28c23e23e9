import type { RouterContextProvider } from "react-router";
import { badRequest, notFound } from "./http-errors.ts";
import { type RequestedSnapshot, requestSnapshot, wholeNumber } from "./request-view.ts";
import {
  defaultMonths,
  loadTrainingQuestions,
  offeredMonths,
  type TrainingQuestion,
  type TrainingQuestions,
} from "./training-questions.ts";

interface RouteArgs {
  request: Request;
  params: { workspace: string };
  context: Readonly<RouterContextProvider>;
}

export interface RequestedStaff {
  requested: RequestedSnapshot;
  asked: TrainingQuestions;
  /** Of the address, to be handed on by links: empty for the default. */
  query: string;
}

/** The questions of training, over the months that the address asks for. */
export async function requestStaff(args: RouteArgs): Promise<RequestedStaff> {
  const requested = await requestSnapshot(args);
  const text = new URL(args.request.url).searchParams.get("months");
  const months = text === null ? defaultMonths : offeredMonths.find((one) => String(one) === text);
  if (months === undefined)
    throw badRequest(
      `The number of months “${text}” is not offered. Expected one of ${offeredMonths.join(", ")}.`,
    );
  const asked = await loadTrainingQuestions(requested, months);
  return { requested, asked, query: months === defaultMonths ? "" : `?months=${months}` };
}

/** The question of one cause. */
export async function requestStaffQuestion(
  args: RouteArgs & { params: { causeId: string } },
): Promise<RequestedStaff & { question: TrainingQuestion }> {
  const causeId = wholeNumber(args.params.causeId, "cause");
  const staff = await requestStaff(args);
  const question = staff.asked.questions.find((one) => one.causeId === causeId);
  if (question === undefined)
    throw notFound(
      `Of the cause ${causeId} nobody asks whom to train: it is not one of staff training, or has no case in these months. The page Staff leads to each.`,
    );
  return { ...staff, question };
}

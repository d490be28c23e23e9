import { badRequest } from "./http-errors.ts";

/** The fields of a form that a page sent. @throws a bad request where the body is no form */
export async function readForm(request: Request): Promise<FormData> {
  try {
    return await request.formData();
  } catch {
    throw badRequest("The request has no form in it. Open the page and send its form again.");
  }
}

/**
 * A text of a form, trimmed and without NUL, which no database keeps; `null` where it is empty.
 * @throws a bad request where it is longer than the form's field takes
 */
export function textField(form: FormData, name: string, mostCharacters: number): string | null {
  const value = form.get(name);
  const text = typeof value === "string" ? value.replaceAll("\0", "").trim() : "";
  if (text.length > mostCharacters)
    throw badRequest(`The ${name} has ${text.length} characters. Expected at most ${mostCharacters}.`);
  return text || null;
}

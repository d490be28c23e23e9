export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const cookieName = "theme";
const oneYear = 60 * 60 * 24 * 365;

/** The reader's choice of light or dark; `system` where there is none. Read by the server, so nothing flashes. */
export function themeOf(request: Request): Theme {
  const cookies = (request.headers.get("cookie") ?? "").split(/;\s*/);
  const value = cookies.find((cookie) => cookie.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  return themes.find((theme) => theme === value) ?? "system";
}

export function themeCookie(theme: Theme): string {
  return `${cookieName}=${theme}; Path=/; Max-Age=${oneYear}; SameSite=Lax; HttpOnly`;
}

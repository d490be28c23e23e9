import { createContext, type RouterContextProvider } from "react-router";
import type { Services } from "./services.ts";

/** Set by the server for each request; entry.server hands the key on, since the bundle has its own modules. */
export const servicesContext = createContext<Services | null>(null);

/** The nonce of the page's own scripts; null in development, where it would break hydration. */
export const nonceContext = createContext<string | null>(null);

export function servicesOf(context: Readonly<RouterContextProvider>): Services {
  const services = context.get(servicesContext);
  if (services === null)
    throw new Error("The request came without services: was it not served by `fixtwice serve`?");
  return services;
}

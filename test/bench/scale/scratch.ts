import { measureHttp } from "./http.ts";
for (const { what, value } of await measureHttp(process.env.DATABASE_URL ?? "", process.env.WS ?? "big")) console.log(what, value);

import { index, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  index("routes/home.ts"),
  route("preferences/theme", "routes/theme.ts"),
  route("workspaces/new", "routes/new-workspace.tsx"),
  route("api/v1/cases", "routes/api-cases.ts"),
  ...prefix("w/:workspace", [
    route("", "routes/workspace.tsx", [
      index("routes/overview.tsx"),
      route("causes", "routes/causes.tsx"),
      route("causes/:causeId", "routes/cause.tsx"),
      route("outcomes", "routes/outcomes.tsx"),
      route("cases", "routes/cases.tsx"),
      route("cases/:caseId", "routes/case.tsx"),
      route("reviews", "routes/reviews.tsx"),
      route("reviews/:quarter", "routes/review.tsx"),
      route("summary", "routes/summary.tsx"),
      route("imports", "routes/imports.tsx"),
      route("imports/:importId", "routes/import.tsx"),
      route("imports/:importId/format", "routes/import-format.tsx"),
      route("imports/:importId/mapping", "routes/import-mapping.tsx"),
      route("imports/:importId/check", "routes/import-check.tsx"),
      route("imports/:importId/undo", "routes/import-undo.tsx"),
    ]),
    route("tables/:file", "routes/table-csv.ts"),
    route("cases.csv", "routes/cases-csv.ts"),
    route("imports/:importId/rejected.csv", "routes/rejected-csv.ts"),
    route("imports/:importId/progress", "routes/import-progress.ts"),
  ]),
  route("*", "routes/not-found.ts"),
] satisfies RouteConfig;

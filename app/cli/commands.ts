import { analyzeCommand } from "./analyze.ts";
import type { Command } from "./command.ts";
import { demoCommand } from "./demo.ts";
import { doctorCommand } from "./doctor.ts";
import { importCommand } from "./import.ts";
import { importsCommand } from "./imports.ts";
import { migrateCommand } from "./migrate.ts";
import { serveCommand } from "./serve.ts";
import { templateCommand } from "./template.ts";
import { undoCommand } from "./undo.ts";

export const commands: Readonly<Record<string, Command>> = {
  serve: serveCommand,
  import: importCommand,
  imports: importsCommand,
  undo: undoCommand,
  analyze: analyzeCommand,
  demo: demoCommand,
  doctor: doctorCommand,
  migrate: migrateCommand,
  template: templateCommand,
};

import { counted } from "#app/format.ts";
import { distribute } from "#db/distribute.ts";
import { migrate, schemaVersion } from "#db/migrate.ts";
import { openDatabase } from "#db/open-database.ts";
import type { Command } from "./command.ts";

export const migrateCommand: Command = {
  summary: "brings the database's schema up to date, as every start does; can spread it over a Citus cluster",
  positionals: [],
  options: { distribute: { type: "boolean", default: false } },
  optionTexts: { distribute: "then spread the cases over the machines of a Citus cluster" },
  examples: ["fixtwice migrate", "DATABASE_URL=postgres://…/fixtwice fixtwice migrate --distribute"],
  async run({ values, settings }) {
    const database = await openDatabase({ ...settings, migrate: false });
    try {
      const applied = await migrate(database.db);
      const done =
        applied.length === 0
          ? "was up to date"
          : `is up to date after ${counted(applied.length, "migration")}`;
      console.log(`The schema ${schemaVersion()} ${done}.`);
      if (values.distribute === true) {
        const statements = await distribute(database.db);
        console.log(
          statements === 0
            ? "The tables were distributed before; nothing was left to do."
            : "The cases are spread over the machines of the cluster.",
        );
      }
      return 0;
    } finally {
      await database.close();
    }
  },
};

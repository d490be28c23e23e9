import { parseArgs } from "node:util";
import { readSettings } from "#app/settings.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { exitCodeOf, sentenceOf } from "./failures.ts";

// Behind an older Node, bin/fixtwice.js runs this as a child: when it is killed, the channel closes, and so do we.
const endWithParent = () => process.kill(process.pid, "SIGTERM");
process.on("disconnect", endWithParent);

// `fixtwice doctor | head` closes our output early: that is the reader's right, not a failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await main(process.argv.slice(2));
// To close the channel ourselves is no death of the parent: taken for one, every command ended with 143.
process.off("disconnect", endWithParent);
if (process.connected) process.disconnect();

async function main([name = "help", ...args]: string[]): Promise<number> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === "help" || name === "--help" || name === "-h") return print(usage());
  if (command === undefined) return refuse(`There is no command "${name}".`, usage());
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...command.options, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
    if (values.help === true) return print(help(name, command));
    const needed = command.positionals.filter((positional) => !positional.startsWith("["));
    if (positionals.length < needed.length || positionals.length > command.positionals.length)
      return refuse(`Expected: fixtwice ${name} ${command.positionals.join(" ")}`, help(name, command));
    return await command.run({ values, positionals, settings: readSettings(process.env) });
  } catch (error) {
    console.error(sentenceOf(error));
    return exitCodeOf(error);
  }
}

function print(text: string): number {
  console.log(text);
  return 0;
}

function refuse(sentence: string, text: string): number {
  console.error(`${sentence}\n\n${text}`);
  return 64;
}

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length)) + 2;
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`);
  return ["fixtwice COMMAND [options]", "", ...lines, "", "fixtwice COMMAND --help tells more."].join("\n");
}

function help(name: string, { summary, positionals, optionTexts, examples }: Command): string {
  const options = Object.entries(optionTexts).map(([option, text]) => `  --${option}  ${text}`);
  return [
    ...examples.map((example) => `  ${example}`),
    "",
    `fixtwice ${name} ${positionals.join(" ")}${options.length > 0 ? " [options]" : ""}: ${summary}`,
    ...options,
  ].join("\n");
}

export interface TerminalProgress {
  show(sentence: string): void;
  /** Replaces the progress by a last line; without one the line just ends. */
  end(sentence?: string): void;
}

const millisecondsBetweenLines = 2000;

/** Progress on stderr: one line that is written over on a terminal; elsewhere a line every two seconds. */
export function terminalProgress(stream: NodeJS.WriteStream = process.stderr): TerminalProgress {
  let last = Number.NEGATIVE_INFINITY;
  const rewrites = stream.isTTY;
  return {
    show(sentence) {
      if (rewrites) stream.write(`\r\u001b[K${sentence}`);
      else if (performance.now() - last >= millisecondsBetweenLines) {
        last = performance.now();
        stream.write(`${sentence}\n`);
      }
    },
    end(sentence) {
      if (rewrites) stream.write("\r\u001b[K");
      if (sentence !== undefined) stream.write(`${sentence}\n`);
    },
  };
}

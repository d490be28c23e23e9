/** While one value is worked with, the next is made. */
export async function* readAhead<T>(values: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  let next = values.next();
  try {
    for (;;) {
      const { value, done } = await next;
      if (done === true) return;
      next = values.next();
      next.catch(() => undefined); // awaited above, unless the reader gives up before
      yield value;
    }
  } finally {
    await values.return();
  }
}

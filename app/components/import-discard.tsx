/** Takes a file that is not loaded yet away again. */
export function ImportDiscard({ href }: { href: string }) {
  return (
    <form method="post" action={href} className="import-discard no-print">
      <input type="hidden" name="do" value="discard" />
      <button type="submit" className="quiet">
        Discard this file
      </button>
      <span className="small soft">Nothing of it is loaded.</span>
    </form>
  );
}

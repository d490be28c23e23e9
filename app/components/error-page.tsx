export interface ErrorPageProps {
  status: number;
  title: string;
  /** What was got, what was expected, what to do. */
  sentence: string;
}

/** A page for what could not be shown. It stands alone, since the workspace around it may be what failed. */
export function ErrorPage({ status, title, sentence }: ErrorPageProps) {
  return (
    <main className="page-main" id="main">
      <title>{`${title} – Fix It Twice`}</title>
      <p className="small soft">{status}</p>
      <h1>{title}</h1>
      <p className="lead">{sentence}</p>
      <p>
        <a href="/">To the start page</a>
      </p>
    </main>
  );
}

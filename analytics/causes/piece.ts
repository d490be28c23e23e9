/** Does one piece of a job. */
export type Piece = (piece: number) => void;

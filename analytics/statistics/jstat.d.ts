/** The few functions of jstat that we use; the package ships no types. */
declare module "jstat" {
  const jstat: {
    chisquare: { inv(p: number, degreesOfFreedom: number): number };
    beta: { inv(p: number, alpha: number, beta: number): number };
    ibeta(x: number, a: number, b: number): number;
  };
  export default jstat;
}

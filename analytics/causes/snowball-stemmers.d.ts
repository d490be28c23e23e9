/** The package ships no types; this is the part of it that we call (its README, "Usage"). */
declare module "snowball-stemmers" {
  interface Stemmer {
    /** The stem of one lower-case word. */
    stem(word: string): string;
  }
  interface Snowball {
    newStemmer(language: string): Stemmer;
  }
  const snowball: Snowball;
  export default snowball;
}

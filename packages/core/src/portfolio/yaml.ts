import { Composer, CST, isMap, isScalar, isSeq, Lexer, Parser } from "yaml";
import type { ParsedNode } from "yaml";
import { refuseAt } from "./faults.ts";
import { setOwn } from "./json.ts";
import { MOST_OPEN } from "./limits.ts";
import { escapeHidden, lineColumn, quote } from "./shown.ts";

/**
 * Reads one document of YAML 1.2 in the core schema, less everything that a portfolio has no use for and that can hurt:
 * anchors and aliases (a few lines can stand for gigabytes), tags, other versions, further documents. Depth and size are
 * judged token by token before anything is built, because building recurses and takes 1 kB a token.
 */

/** 15,000 policies in block style, measured at 2 s and 0.4 GB; JSON of that size takes 0.3 s. */
const MOST_TOKENS = 1_200_000;
const LONGEST_TOKEN = 65_536;

const REFUSED: Readonly<Record<string, string>> = {
  alias: "aliases are not supported: write the values out",
  anchor: "anchors are not supported: write the values out",
  tag: "tags are not supported: write the plain value",
};

/** The value that `text` holds. Throws LossmillError BAD_PORTFOLIO at `line n, column m`. */
export function readYaml(text: string): unknown {
  const fail: Fail = (offset, message) => refuseAt(lineColumn(text, offset), message);
  const tokens = readTokens(text, fail);
  const documents = [...new Composer({ uniqueKeys: false, version: "1.2" }).compose(tokens)];
  const document = documents[0];
  if (document === undefined || document.contents === null) return refuseAt("portfolio", "the file is empty");
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) fail(fault.pos[0], escapeHidden(fault.message));
  return plain(document.contents, fail);
}

type Fail = (offset: number, message: string) => never;

function readTokens(text: string, fail: Fail): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let hasDocument = false;
  const keep = (more: Iterable<CST.Token>) => {
    for (const token of more) {
      if (token.type === "error") fail(token.offset, escapeHidden(token.message));
      if (token.type === "document" && hasDocument) fail(token.offset, "a second document: a file holds one portfolio");
      hasDocument ||= token.type === "document";
      tokens.push(token);
    }
  };
  const judge = lexemeJudge(parser, fail);
  for (const lexeme of new Lexer().lex(text)) {
    judge(lexeme);
    keep(parser.next(lexeme));
    // One level of the parser's stack is the document, and the value that stands in the deepest list is another.
    if (parser.stack.length > MOST_OPEN + 2) fail(parser.offset, `nested more than ${MOST_OPEN} deep`);
  }
  keep(parser.end());
  return tokens;
}

/** Refuses what may not be in a portfolio, lexeme by lexeme. */
function lexemeJudge(parser: Parser, fail: Fail): (lexeme: string) => void {
  let count = 0;
  let isText = false;
  return (lexeme) => {
    const at = parser.offset;
    count += 1;
    if (count > MOST_TOKENS) fail(at, `more than ${MOST_TOKENS} YAML tokens: write a book of this size as JSON or CSV`);
    if (lexeme.length > LONGEST_TOKEN)
      fail(at, `a single text, comment or gap of more than ${LONGEST_TOKEN} characters`);
    // What follows the mark of a scalar is text, whatever it begins with.
    const type = isText ? "text" : CST.tokenType(lexeme);
    isText = lexeme === CST.SCALAR;
    if (type === "directive-line" && lexeme.trim() !== "%YAML 1.2") fail(at, `unknown directive ${quote(lexeme)}`);
    if (type !== null && Object.hasOwn(REFUSED, type)) fail(at, REFUSED[type]);
  };
}

/** The value of a node as JSON would have it. */
function plain(node: ParsedNode | null, fail: Fail): unknown {
  if (node === null) return null;
  if (isSeq<ParsedNode>(node)) return node.items.map((item) => plain(item, fail));
  if (isScalar(node)) return node.value;
  if (!isMap<ParsedNode, ParsedNode | null>(node)) return fail(node.range[0], "unexpected content");
  const object: Record<string, unknown> = {};
  for (const { key, value } of node.items) {
    if (!isScalar(key) || typeof key.value !== "string") {
      return fail(key.range[0], "a key must be text; quote it if it looks like something else");
    }
    if (Object.hasOwn(object, key.value)) fail(key.range[0], `the key ${quote(key.value)} is given twice`);
    setOwn(object, key.value, plain(value, fail));
  }
  return object;
}

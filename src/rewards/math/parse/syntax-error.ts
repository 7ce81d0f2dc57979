/** @file The one error of lexer and parser. */

/** The text is not an expression that the parser reads; the verdict's trace carries the message. */
export class MathSyntaxError extends Error {}

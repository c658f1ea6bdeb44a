/**
 * Cursor positions. On the wire they count Unicode code points; in JavaScript, offsets count UTF-16 code units, two for
 * an emoji. Spec: "Channels and messages".
 */

/** Whether the text has a pair of surrogates, without which the two counts are the same. */
function isAstral(text: string): boolean {
  return /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text);
}

/** The UTF-16 offset of a position in code points. Positions outside the text become its nearest end. */
export function toUtf16(text: string, codePoints: number): number {
  if (codePoints <= 0) return 0;
  if (!isAstral(text)) return Math.min(codePoints, text.length);
  let offset = 0;
  for (let left = codePoints; left > 0 && offset < text.length; left--) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The position in code points of a UTF-16 offset. Offsets outside the text become its nearest end. */
export function toCodePoints(text: string, utf16: number): number {
  const end = Math.min(Math.max(utf16, 0), text.length);
  if (!isAstral(text)) return end;
  let count = 0;
  for (let offset = 0; offset < end; count++) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return count;
}

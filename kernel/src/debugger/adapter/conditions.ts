import type { DebugProtocol } from '@vscode/debugprotocol';
import { AGENT } from '../hook.ts';
import { DebugError } from './errors.ts';
import type { Expressions } from './expressions.ts';

const HIT_CONDITION = /^\s*(==?=?|>=?|<=?|%)?\s*(\d+)\s*$/;

/**
 * What V8 evaluates to find out whether a breakpoint stops: its condition first, then its hits, which count only where the
 * condition holds; a log point writes and does not stop. Empty: always. @throws DebugError
 */
export function conditionOf(id: number, breakpoint: DebugProtocol.SourceBreakpoint, expressions: Expressions): string {
  const { condition, hitCondition, logMessage } = breakpoint;
  const parts: string[] = [];
  if (isGiven(condition)) parts.push(`(${expressions.expression(condition)}\n)`);
  if (isGiven(hitCondition)) parts.push(hits(id, hitCondition));
  if (isGiven(logMessage)) parts.push(`${AGENT}().log(${logArguments(logMessage, expressions)})`);
  return parts.join(' && ');
}

/** Whether it is more than a place. */
export function isConditional({ condition, hitCondition, logMessage }: DebugProtocol.SourceBreakpoint): boolean {
  return isGiven(condition) || isGiven(hitCondition) || isGiven(logMessage);
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}

/** `5`: from the fifth time on; `== 5`, `> 5`, `% 5` as they say. */
function hits(id: number, hitCondition: string): string {
  const [, operator = '>=', number] = HIT_CONDITION.exec(hitCondition) ?? [];
  if (number === undefined)
    throw new DebugError(`not a hit condition: ${hitCondition} (5, == 5, > 5, >= 5, < 5, <= 5 or % 5)`);
  const hit = `${AGENT}().hit(${id})`;
  if (operator === '%') return `${hit} % ${number} === 0`;
  return `${hit} ${operator.startsWith('=') ? '===' : operator} ${number}`;
}

/** `x is {x}`: literal text and values in turn. A brace after a backslash is a brace. */
function logArguments(message: string, expressions: Expressions): string {
  const parts: string[] = [];
  let text = '';
  for (let at = 0; at < message.length; at += 1) {
    const character = message[at] ?? '';
    if (character === '\\' && /[{}\\]/.test(message[at + 1] ?? '')) {
      at += 1;
      text += message[at];
    } else if (character === '{') {
      const end = closingBrace(message, at);
      parts.push(JSON.stringify(text), `(${expressions.expression(message.slice(at + 1, end))}\n)`);
      text = '';
      at = end;
    } else text += character;
  }
  return [...parts, JSON.stringify(text)].join(', ');
}

function closingBrace(message: string, from: number): number {
  let depth = 0;
  for (let at = from; at < message.length; at += 1) {
    if (message[at] === '{') depth += 1;
    else if (message[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new DebugError(`a brace is not closed: ${message}`);
}

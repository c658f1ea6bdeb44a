/** The client's side, for kernels of that age: requests of 2011 out, replies and publications of 2011 in. Pure. */
import { toCodePoints } from '../code-points.ts';
import type { CompleteRequest, InspectRequest } from '../generated/messages.ts';
import { assertValid, validate } from '../validate.ts';
import { lineAtCursor, nameAtCursor } from './cursor.ts';
import {
  type Adapted,
  type AdaptedRequest,
  bundleFrom2011,
  type Content,
  errorFrom2011,
  expressionFrom2011,
  firstString,
  isRecord,
  mapValues,
  recordOf,
  stringsOf,
  versionFrom2011,
} from './values.ts';

/**
 * A request of today in the 2011 dialect, and the way back for its reply. What that age does not have passes as it is.
 * @throws ProtocolError ERR_SCHEMA where the content does not fit its schema.
 */
export function requestTo2011(msgType: string, content: Content): AdaptedRequest {
  switch (msgType) {
    case 'execute_request':
      assertValid(msgType, content);
      return { msgType, content: { ...content, user_variables: [] }, reply: replyFrom2011 };
    case 'complete_request':
      assertValid(msgType, content);
      return completeTo2011(content);
    case 'inspect_request':
      assertValid(msgType, content);
      return inspectTo2011(content);
    case 'shutdown_request':
      assertValid(msgType, content);
      // The document says that the reply has no content, and that it has `restart`.
      return {
        msgType,
        content,
        reply: (type, reply) => replyFrom2011(type, { restart: content.restart ?? false, ...reply }),
      };
    default:
      validate(msgType, content);
      return { msgType, content, reply: replyFrom2011 };
  }
}

function completeTo2011(request: CompleteRequest): AdaptedRequest {
  const { line, cursorPos, text } = lineAtCursor(request.code, request.cursor_pos);
  return {
    msgType: 'complete_request',
    content: { text, line, block: request.code.includes('\n') ? request.code : null, cursor_pos: cursorPos },
    reply(msgType, content) {
      if (msgType !== 'complete_reply') return replyFrom2011(msgType, content);
      const replaced = firstString(content.matched_text) ?? text;
      return {
        msgType,
        content: {
          status: 'ok',
          matches: stringsOf(content.matches),
          cursor_start: request.cursor_pos - toCodePoints(replaced, replaced.length),
          cursor_end: request.cursor_pos,
          metadata: {},
        },
      };
    },
  };
}

function inspectTo2011(request: InspectRequest): AdaptedRequest {
  const name = nameAtCursor(request.code, request.cursor_pos);
  return {
    msgType: 'object_info_request',
    // The document calls the field `name`, the kernels read `oname`.
    content: { name, oname: name, detail_level: request.detail_level ?? 0 },
    reply(msgType, content) {
      if (msgType !== 'object_info_reply') return replyFrom2011(msgType, content);
      const found = content.found === true;
      const data = found ? { 'text/plain': description(content) } : {};
      return { msgType: 'inspect_reply', content: { status: 'ok', found, data, metadata: {} } };
    },
  };
}

/** What object_info tells, as a text: definition, documentation, and what else is known. */
function description(info: Content): string {
  const lines = [
    firstString(info.call_def, info.init_definition, info.definition),
    labelled('Type', info.type_name),
    labelled('Value', info.string_form),
    labelled('File', info.file),
    firstString(info.call_docstring, info.init_docstring, info.docstring, info.class_docstring),
    firstString(info.source),
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}

function labelled(label: string, value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? `${label}: ${value}` : undefined;
}

/** A reply that needs nothing of its request. */
function replyFrom2011(msgType: string, content: Content): Adapted {
  if (content.status === 'error') return { msgType, content: { ...content, ...errorFrom2011(content) } };
  switch (msgType) {
    case 'execute_reply':
      return { msgType, content: executeReplyFrom2011(content) };
    case 'connect_reply':
      return {
        msgType,
        content: {
          status: 'ok',
          shell_port: content.xrep_port,
          iopub_port: content.pub_port,
          stdin_port: content.req_port,
          ...content,
        },
      };
    case 'kernel_info_reply':
      return { msgType, content: kernelInfoFrom2011(content) };
    case 'history_reply':
    case 'shutdown_reply':
      return { msgType, content: { status: 'ok', ...content } };
    default:
      return { msgType, content };
  }
}

function executeReplyFrom2011(content: Content): Content {
  if (content.status === 'abort' || content.status === 'aborted') return { ...content, status: 'aborted' };
  const { user_variables, user_expressions, transformed_code: _, payload, ...others } = content;
  return {
    ...others,
    payload: payloadFrom2011(payload),
    user_expressions: mapValues({ ...recordOf(user_variables), ...recordOf(user_expressions) }, expressionFrom2011),
  };
}

/** An object in the document, a list in what kernels sent. Pages are a text in 2011, a mime bundle today. */
function payloadFrom2011(payload: unknown): Content[] {
  const items: unknown[] = Array.isArray(payload) ? payload : [payload];
  return items.filter(isRecord).flatMap((item) => {
    if (typeof item.source !== 'string') return [];
    const { text, ...others } = item;
    return [item.source === 'page' && typeof text === 'string' ? { data: { 'text/plain': text }, ...others } : item];
  });
}

function kernelInfoFrom2011(content: Content): Content {
  const { language, language_version, ipython_version, ...others } = content;
  return {
    status: 'ok',
    implementation: ipython_version === undefined ? 'unknown' : 'ipython',
    implementation_version: versionFrom2011(ipython_version) ?? '',
    banner: '',
    help_links: [],
    ...others,
    protocol_version: versionFrom2011(content.protocol_version) ?? '4.1',
    language_info: {
      name: language,
      version: versionFrom2011(language_version) ?? '',
      mimetype: 'text/plain',
      file_extension: '.txt',
      ...recordOf(content.language_info),
    },
  };
}

/**
 * A message of 2011 on iopub or stdin, as today's. Undefined where there is nothing of the kind today: the streams by
 * which kernels of that age repeated what was asked of the person and answered.
 */
export function publicationFrom2011(msgType: string, content: Content): Adapted | undefined {
  switch (msgType) {
    case 'pyin':
      return { msgType: 'execute_input', content: { execution_count: 0, ...content } };
    case 'pyout':
      return { msgType: 'execute_result', content: { metadata: {}, ...content, data: bundleFrom2011(content.data) } };
    case 'pyerr':
      return { msgType: 'error', content: { ...content, ...errorFrom2011(content) } };
    case 'stream': {
      if (content.name !== 'stdout' && content.name !== 'stderr') return undefined;
      const { data, ...others } = content;
      return { msgType, content: { text: data, ...others } };
    }
    case 'display_data': {
      const { source: _, ...others } = content;
      return { msgType, content: { metadata: {}, ...others, data: bundleFrom2011(content.data) } };
    }
    case 'crash': {
      const { ename, traceback } = errorFrom2011(content);
      return { msgType: 'error', content: { ename, evalue: firstString(content.info) ?? '', traceback } };
    }
    case 'input_request':
      return { msgType, content: { password: false, ...content } };
    default:
      return { msgType, content };
  }
}

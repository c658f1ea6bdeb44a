/** The kernel's side: requests of 2011 in, replies and publications of 2011 out. Pure. */
import { toUtf16 } from '../code-points.ts';
import type {
  CompleteReplyOk,
  CompleteRequest2011,
  Crash2011,
  ExecuteRequest2011,
  ObjectInfoRequest2011,
} from '../generated/messages.ts';
import { assertValid, validate } from '../validate.ts';
import { codeAtCursor } from './cursor.ts';
import {
  type Adapted,
  type AdaptedRequest,
  bundleTo2011,
  type Content,
  errorTo2011,
  expressionTo2011,
  isRecord,
  mapValues,
  recordOf,
  versionTo2011,
} from './values.ts';

/**
 * A request of the 2011 dialect as today's, and the way back for its reply. Requests that exist only there
 * (object_info, getattr, setattr) keep their type; what it does not have passes as it is.
 * @throws ProtocolError ERR_SCHEMA where the content does not fit the schema of its age.
 */
export function requestFrom2011(msgType: string, content: Content): AdaptedRequest {
  switch (msgType) {
    case 'execute_request':
      assertValid(msgType, content, 2011);
      return executeFrom2011(content);
    case 'complete_request':
      assertValid(msgType, content, 2011);
      return completeFrom2011(content);
    case 'object_info_request':
      assertValid(msgType, content, 2011);
      return { msgType, content: objectInfoFrom2011(content), reply: replyTo2011 };
    default:
      validate(msgType, content, 2011);
      return { msgType, content, reply: replyTo2011 };
  }
}

function executeFrom2011(request: ExecuteRequest2011): AdaptedRequest {
  const { user_variables: variables = [], user_expressions: expressions = {}, silent = false } = request;
  // Variables are expressions today, under names that no expression of the client has.
  let prefix = 'user_variables.';
  while (Object.keys(expressions).some((name) => name.startsWith(prefix))) prefix += '.';
  return {
    msgType: 'execute_request',
    content: {
      code: request.code,
      silent,
      store_history: !silent,
      user_expressions: {
        ...expressions,
        ...Object.fromEntries(variables.map((name) => [prefix + name, name])),
      },
      allow_stdin: request.allow_stdin ?? true,
      stop_on_error: true,
    },
    reply(msgType, content) {
      if (msgType !== 'execute_reply' || content.status !== 'ok') return replyTo2011(msgType, content);
      const results = mapValues(recordOf(content.user_expressions), expressionTo2011);
      const entries = Object.entries(results);
      const isVariable = (name: string) => name.startsWith(prefix);
      return {
        msgType,
        content: {
          ...content,
          payload: payloadTo2011(content.payload),
          user_variables: Object.fromEntries(
            entries.filter(([name]) => isVariable(name)).map(([name, text]) => [name.slice(prefix.length), text]),
          ),
          user_expressions: Object.fromEntries(entries.filter(([name]) => !isVariable(name))),
          transformed_code: '',
        },
      };
    },
  };
}

/** Pages are a text in 2011, a mime bundle today. */
function payloadTo2011(payload: unknown): unknown[] {
  const items: unknown[] = Array.isArray(payload) ? payload : [];
  return items.map((item) =>
    isRecord(item) && item.source === 'page' ? { ...item, text: recordOf(item.data)['text/plain'] ?? '' } : item,
  );
}

function completeFrom2011(request: CompleteRequest2011): AdaptedRequest {
  const content = codeAtCursor(request.line, request.cursor_pos, request.block);
  return {
    msgType: 'complete_request',
    content,
    reply(msgType, reply) {
      if (msgType !== 'complete_reply' || reply.status !== 'ok') return replyTo2011(msgType, reply);
      assertValid(msgType, reply);
      // Of its three forms, the one that is ok.
      return reply.status === 'ok' && 'matches' in reply
        ? { msgType, content: matchesTo2011(request.text, content.code, content.cursor_pos, reply) }
        : replyTo2011(msgType, reply);
    },
  };
}

/** Today matches replace a range of the code; in 2011 they replace the text of the request. */
function matchesTo2011(text: string, code: string, cursorPos: number, reply: CompleteReplyOk): Content {
  const cursor = toUtf16(code, cursorPos);
  const start = toUtf16(code, reply.cursor_start);
  const textStart = cursor - text.length;
  if (text === '' || code.slice(textStart, cursor) !== text) {
    return { matches: reply.matches, matched_text: code.slice(start, cursor), status: 'ok' };
  }
  const lead = start > textStart ? code.slice(textStart, start) : '';
  const surplus = start < textStart ? code.slice(start, textStart) : '';
  const matches = reply.matches
    .filter((match) => match.startsWith(surplus))
    .map((match) => lead + match.slice(surplus.length));
  return { matches, matched_text: text, status: 'ok' };
}

/** The document calls the field `name`, the clients sent `oname`. */
function objectInfoFrom2011(request: ObjectInfoRequest2011): Content {
  return { name: 'name' in request ? request.name : request.oname, detail_level: request.detail_level ?? 0 };
}

/**
 * What 2011 has in every reply of the type, for those that it gave no way of failing. Such a reply gives nothing, and
 * says why for those who look; port 0 is a channel that does not run.
 */
const NOTHING: Readonly<Record<string, Content>> = {
  complete_reply: { matches: [] },
  connect_reply: { xrep_port: 0, pub_port: 0, req_port: 0, hb_port: 0 },
  history_reply: { history: [] },
};

/** A reply that needs nothing of its request. */
function replyTo2011(msgType: string, content: Content): Adapted {
  if (content.status === 'error' || content.status === 'aborted') {
    const failed = content.status === 'error' ? errorTo2011(content) : content;
    // The only status that a completion of 2011 knows is ok.
    const status = msgType === 'complete_reply' ? 'ok' : content.status;
    return { msgType, content: { ...NOTHING[msgType], ...failed, status } };
  }
  switch (msgType) {
    case 'connect_reply':
      return {
        msgType,
        content: {
          ...content,
          xrep_port: content.shell_port ?? 0,
          pub_port: content.iopub_port ?? 0,
          req_port: content.stdin_port ?? 0,
          hb_port: content.hb_port ?? 0,
        },
      };
    case 'kernel_info_reply': {
      // Not in the document of 2011; as IPython had it from 0.13 to 2.
      const { name, version } = recordOf(content.language_info);
      return {
        msgType,
        content: {
          ...content,
          protocol_version: versionTo2011(content.protocol_version),
          language: name,
          language_version: versionTo2011(version),
        },
      };
    }
    default:
      return { msgType, content };
  }
}

/** What made a display, where a kernel of today does not say. */
const SOURCE = 'display';

/**
 * A message on iopub or stdin, by the names of 2011. Undefined where that age has nothing of the kind: that the kernel
 * is dead is said by `crash`.
 */
export function publicationTo2011(msgType: string, content: Content): Adapted | undefined {
  switch (msgType) {
    case 'execute_input':
      return { msgType: 'pyin', content };
    case 'execute_result':
      return { msgType: 'pyout', content: { ...content, data: bundleTo2011(content.data) } };
    case 'error':
      return { msgType: 'pyerr', content: errorTo2011(content) };
    case 'stream': {
      const { text, ...others } = content;
      return { msgType, content: { ...others, data: text } };
    }
    case 'display_data':
      return { msgType, content: { source: SOURCE, ...content, data: bundleTo2011(content.data) } };
    case 'status':
      if (content.execution_state === 'dead') return undefined;
      return { msgType, content: content.execution_state === 'restarting' ? { execution_state: 'starting' } : content };
    case 'input_request': {
      const { password: _, ...others } = content;
      return { msgType, content: others };
    }
    default:
      return { msgType, content };
  }
}

/** The content of `crash`: how the kernel came to its end. `info` is what else helps: exit code, signal, what to do. */
export function crash2011(
  error: { ename: string; evalue: string; traceback: readonly string[] },
  info: string,
): Crash2011 {
  return { exc_name: error.ename, exc_type: error.ename, traceback: [...error.traceback], info };
}

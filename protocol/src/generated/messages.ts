// Generated from spec/schemas by scripts/generate-types.ts: change the schemas and run it again.

/**
 * Which comms are open. Section "Comm info" of the messaging specification.
 */
export type CommInfoReply = CommInfoReplyOk | ReplyError | ReplyAborted;
/**
 * How the code may go on at the cursor. Section "Completion" of the messaging specification.
 */
export type CompleteReply = CompleteReplyOk | ReplyError | ReplyAborted;
/**
 * The ports of the channels; one that is left out is not running. Section "Connect" of the messaging specification.
 */
export type ConnectReply = ConnectReplyOk | ReplyError | ReplyAborted;
/**
 * The new subshell. Section "Create subshell" of the messaging specification.
 */
export type CreateSubshellReply = CreateSubshellReplyOk | ReplyError | ReplyAborted;
/**
 * The subshell is deleted. Section "Delete subshell" of the messaging specification.
 */
export type DeleteSubshellReply = DeleteSubshellReplyOk | ReplyError | ReplyAborted;
/**
 * What a user expression gave. Section "Execute" of the messaging specification.
 */
export type ExpressionResult =
  | {
      /**
       * The expression was evaluated.
       */
      status: 'ok';
      data: MimeBundle;
      /**
       * Describes the data: keys for the whole, or mime types with an object of their own.
       */
      metadata: {
        [k: string]: unknown;
      };
    }
  | ReplyError;
/**
 * How an execution ended. Section "Execution results" of the messaging specification.
 */
export type ExecuteReply = ExecuteReplyOk | ExecuteReplyError | ExecuteReplyAborted;
/**
 * Session, cell number, and the input or, if outputs were asked for, input and output. Section "History" of the messaging specification.
 *
 * @minItems 3
 * @maxItems 3
 */
export type HistoryEntry = [number, number, string | [string, string | null]];
/**
 * Cells that were run before. Section "History" of the messaging specification.
 */
export type HistoryReply = HistoryReplyOk | ReplyError | ReplyAborted;
/**
 * What is known of the thing under the cursor. Section "Introspection" of the messaging specification.
 */
export type InspectReply = InspectReplyOk | ReplyError | ReplyAborted;
/**
 * The interrupt was delivered. Section "Kernel interrupt" of the messaging specification.
 */
export type InterruptReply = InterruptReplyOk | ReplyError | ReplyAborted;
/**
 * Whether the code can be run as it is. Section "Code completeness" of the messaging specification.
 */
export type IsCompleteReply = IsCompleteReplyKnown | IsCompleteReplyIncomplete | ReplyError | ReplyAborted;
/**
 * What the kernel is and what it can do. Section "Kernel info" of the messaging specification.
 */
export type KernelInfoReply = KernelInfoReplyOk | ReplyError | ReplyAborted;
/**
 * Which subshells there are. Section "List subshell" of the messaging specification.
 */
export type ListSubshellReply = ListSubshellReplyOk | ReplyError | ReplyAborted;
/**
 * The kernel ends. Section "Kernel shutdown" of the messaging specification.
 */
export type ShutdownReply = ShutdownReplyOk | ReplyError | ReplyAborted;
/**
 * The resources that the kernel uses. Not in the messaging specification: ipykernel's extension.
 */
export type UsageReply = UsageReplyOk | ReplyError | ReplyAborted;
/**
 * How an execution ended. Kernels fill the names of all three forms of an error, so that every client finds its own. Section "Execute" of "Messaging in IPython" (2011).
 */
export type ExecuteReply2011 =
  | ExecuteReply2011Ok
  | ExecuteReply2011ErrorDocumented
  | ExecuteReply2011ErrorConsole
  | ExecuteReply2011ErrorKernel
  | ExecuteReply2011Aborted;
/**
 * The value of the attribute. Section "Kernel attribute access" of "Messaging in IPython" (2011).
 */
export type GetattrReply2011 = GetattrReply2011Ok | AttributeFailure2011;
/**
 * Asks what is known of a name. Section "Object information" of "Messaging in IPython" (2011).
 */
export type ObjectInfoRequest2011 = ObjectInfoRequest2011Name | ObjectInfoRequest2011Oname;
/**
 * An error of the code that was run. Kernels fill the names of all three forms, so that every client finds its own. Section "Python errors" of "Messaging in IPython" (2011).
 */
export type Pyerr2011 = Error2011Documented | Error2011Console | Error2011Kernel;
/**
 * Whether the attribute was set. Section "Kernel attribute access" of "Messaging in IPython" (2011).
 */
export type SetattrReply2011 = SetattrReply2011Ok | AttributeFailure2011;
/**
 * A port: the specification has a string of digits, and a number is understood too.
 */
export type RegisteredPort = string | number;

/**
 * Clears the outputs of the cell. Section "Clear output" of the messaging specification.
 */
export interface ClearOutput {
  /**
   * Clear only when there is something new to show.
   */
  wait: boolean;
}
/**
 * Closes a comm. Section "Tearing Down Comms" of the messaging specification.
 */
export interface CommClose {
  /**
   * Identifies the comm on both sides.
   */
  comm_id: string;
  /**
   * Whatever the two sides of the comm agreed upon.
   */
  data: {
    [k: string]: unknown;
  };
}
/**
 * Which comms are open.
 */
export interface CommInfoReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * The open comms, by comm_id.
   */
  comms: {
    [k: string]: CommInfo;
  };
}
/**
 * An open comm. Section "Comm info" of the messaging specification.
 */
export interface CommInfo {
  /**
   * The target of the comm.
   */
  target_name: string;
}
/**
 * A reply to a request that failed. Section "Request-Reply" of the messaging specification.
 */
export interface ReplyError {
  /**
   * The request failed.
   */
  status: 'error';
  /**
   * The error's name.
   */
  ename: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * A reply to a request that was never processed: an earlier one failed and aborted the queue. Deprecated since 5.1, yet sent by ipykernel. Section "Request-Reply" of the messaging specification.
 */
export interface ReplyAborted {
  /**
   * The request was not processed.
   */
  status: 'aborted';
}
/**
 * Asks which comms are open. Section "Comm info" of the messaging specification.
 */
export interface CommInfoRequest {
  /**
   * Only the comms of this target. Left out, null or empty: all.
   */
  target_name?: string | null;
}
/**
 * Says something on an open comm. Section "Comm Messages" of the messaging specification.
 */
export interface CommMsg {
  /**
   * Identifies the comm on both sides.
   */
  comm_id: string;
  /**
   * Whatever the two sides of the comm agreed upon.
   */
  data: {
    [k: string]: unknown;
  };
}
/**
 * Opens a comm. A side that does not know the target answers with comm_close. Section "Opening a Comm" of the messaging specification.
 */
export interface CommOpen {
  /**
   * Identifies the comm on both sides.
   */
  comm_id: string;
  /**
   * Which handler of the other side is meant.
   */
  target_name: string;
  /**
   * A module to load the handler from. IPython only; ignored elsewhere.
   */
  target_module?: string | null;
  /**
   * Whatever the two sides of the comm agreed upon.
   */
  data: {
    [k: string]: unknown;
  };
}
/**
 * How the code may go on at the cursor.
 */
export interface CompleteReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * The texts that may stand between cursor_start and cursor_end.
   */
  matches: string[];
  /**
   * Where the replaced text starts, in Unicode code points.
   */
  cursor_start: number;
  /**
   * Where the replaced text ends, in Unicode code points; usually cursor_pos.
   */
  cursor_end: number;
  /**
   * Extra information; not part of the result.
   */
  metadata: {
    [k: string]: unknown;
  };
}
/**
 * Asks how the code may go on at the cursor. Section "Completion" of the messaging specification.
 */
export interface CompleteRequest {
  /**
   * The code around the cursor, up to a whole cell.
   */
  code: string;
  /**
   * The position of the cursor in the code, counted in Unicode code points.
   */
  cursor_pos: number;
}
/**
 * The ports of the channels; one that is left out is not running.
 */
export interface ConnectReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * Port of the shell channel.
   */
  shell_port?: number;
  /**
   * Port of the iopub channel.
   */
  iopub_port?: number;
  /**
   * Port of the stdin channel.
   */
  stdin_port?: number;
  /**
   * Port of the heartbeat.
   */
  hb_port?: number;
  /**
   * Port of the control channel.
   */
  control_port?: number;
}
/**
 * Asks for the ports of the other channels. Deprecated since 5.1. Section "Connect" of the messaging specification.
 */
export interface ConnectRequest {}
/**
 * The new subshell.
 */
export interface CreateSubshellReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * Identifies the subshell within the kernel.
   */
  subshell_id: string;
}
/**
 * Asks for a new subshell (JEP 91). Section "Create subshell" of the messaging specification.
 */
export interface CreateSubshellRequest {}
/**
 * An event of the Debug Adapter Protocol. Section "Debug event" of the messaging specification.
 */
export interface DebugEvent {
  /**
   * An event of the Debug Adapter Protocol.
   */
  type: 'event';
  /**
   * Number of the message.
   */
  seq?: number;
  /**
   * Kind of event.
   */
  event: string;
  /**
   * Details of the event.
   */
  body?: {
    [k: string]: unknown;
  };
}
/**
 * A response of the Debug Adapter Protocol; it has no status of its own. Section "Debug request" of the messaging specification.
 */
export interface DebugReply {
  /**
   * A response of the Debug Adapter Protocol.
   */
  type: 'response';
  /**
   * Number of the message. ipykernel leaves it out of its own answers.
   */
  seq?: number;
  /**
   * Number of the request.
   */
  request_seq?: number;
  /**
   * Whether the command succeeded.
   */
  success: boolean;
  /**
   * The command of the request.
   */
  command?: string;
  /**
   * Why the command failed, in short.
   */
  message?: string;
  /**
   * Result of the command, or details of its failure.
   */
  body?: {
    [k: string]: unknown;
  };
}
/**
 * A request of the Debug Adapter Protocol. Section "Debug request" of the messaging specification.
 */
export interface DebugRequest {
  /**
   * A request of the Debug Adapter Protocol.
   */
  type: 'request';
  /**
   * Number of the message.
   */
  seq?: number;
  /**
   * Command of the Debug Adapter Protocol, or one of Jupyter: dumpCell, debugInfo, inspectVariables, richInspectVariables, copyToGlobals, modules.
   */
  command: string;
  /**
   * Arguments of the command.
   */
  arguments?: {
    [k: string]: unknown;
  };
}
/**
 * The subshell is deleted.
 */
export interface DeleteSubshellReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
}
/**
 * Asks to delete a subshell (JEP 91). Section "Delete subshell" of the messaging specification.
 */
export interface DeleteSubshellRequest {
  /**
   * Identifies the subshell within the kernel.
   */
  subshell_id: string;
}
/**
 * One value in several representations: keys are mime types; values are strings (base64 for binary types) or, for JSON types, unpacked JSON. Section "Display Data" of the messaging specification.
 */
export interface MimeBundle {
  [k: string]: unknown;
}
/**
 * What lives only as long as the kernel and is never written to a document. Section "Display Data" of the messaging specification.
 */
export interface Transient {
  /**
   * Names the display, so that update_display_data can replace it.
   */
  display_id?: string;
}
/**
 * Something to show. Section "Display Data" of the messaging specification.
 */
export interface DisplayData {
  data: MimeBundle;
  /**
   * Describes the data: keys for the whole, or mime types with an object of their own.
   */
  metadata: {
    [k: string]: unknown;
  };
  transient?: Transient;
}
/**
 * An error of the code that was run. Section "Execution errors" of the messaging specification.
 */
export interface ErrorOutput {
  /**
   * The error's name.
   */
  ename: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * Tells every client which code is being run. Section "Code inputs" of the messaging specification.
 */
export interface ExecuteInput {
  /**
   * The code of the request.
   */
  code: string;
  /**
   * The counter of the kernel: In[n]. The current one, where the request was not counted.
   */
  execution_count: number;
}
/**
 * How an execution ended.
 */
export interface ExecuteReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * The counter of the kernel: In[n]. The current one, where the request was not counted.
   */
  execution_count: number;
  /**
   * Things for the frontend to do. Deprecated; usually empty.
   */
  payload?: Payload[];
  /**
   * The results of user_expressions, by the names of the request. null is what runtimed's jupyter-protocol writes for none.
   */
  user_expressions?: {
    [k: string]: ExpressionResult;
  } | null;
}
/**
 * Something for the frontend to do. Section "Payloads (DEPRECATED)" of the messaging specification.
 */
export interface Payload {
  /**
   * The kind of payload: page, set_next_input, edit_magic, ask_exit, or one that a client does not know.
   */
  source: string;
  [k: string]: unknown;
}
/**
 * The code failed or was interrupted. Section "Execution results" of the messaging specification.
 */
export interface ExecuteReplyError {
  /**
   * The request failed.
   */
  status: 'error';
  /**
   * The error's name.
   */
  ename: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
  /**
   * The counter of the kernel: In[n]. The current one, where the request was not counted.
   */
  execution_count: number;
}
/**
 * The code was never run: an earlier request failed and aborted the queue. Section "Execution results" of the messaging specification.
 */
export interface ExecuteReplyAborted {
  /**
   * The request was not processed.
   */
  status: 'aborted';
  /**
   * The counter of the kernel. The specification wants it in every execute_reply; ipykernel leaves it out here.
   */
  execution_count?: number;
}
/**
 * Asks the kernel to run code. Section "Execute" of the messaging specification.
 */
export interface ExecuteRequest {
  /**
   * Source to run, one or more lines.
   */
  code: string;
  /**
   * Run as quietly as possible: no execute_input, no execute_result, nothing stored or counted. Left out: false.
   */
  silent?: boolean;
  /**
   * Store in the history and count. Left out: true; forced to false where silent is true.
   */
  store_history?: boolean;
  /**
   * Expressions to evaluate after the code, by a name that the client chose.
   */
  user_expressions?: {
    [k: string]: string;
  };
  /**
   * Whether the client answers input_request. Left out: false, so that no kernel waits for a client that cannot answer.
   */
  allow_stdin?: boolean;
  /**
   * Whether an error aborts the requests of this client that are still queued. Left out: true.
   */
  stop_on_error?: boolean;
}
/**
 * The result of an execution. Section "Execution results" of the messaging specification.
 */
export interface ExecuteResult {
  /**
   * The counter of the kernel: In[n]. The current one, where the request was not counted.
   */
  execution_count: number;
  data: MimeBundle;
  /**
   * Describes the data: keys for the whole, or mime types with an object of their own.
   */
  metadata: {
    [k: string]: unknown;
  };
  /**
   * null is what runtimed's jupyter-protocol writes for none.
   */
  transient?: Transient | null;
}
/**
 * Cells that were run before.
 */
export interface HistoryReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * The cells, oldest first.
   */
  history: HistoryEntry[];
}
/**
 * Asks for cells that were run before, in this session or earlier ones. Section "History" of the messaging specification.
 */
export interface HistoryRequest {
  /**
   * Also return the outputs. Left out: false.
   */
  output?: boolean;
  /**
   * Return the input as typed, rather than as transformed. Left out: true.
   */
  raw?: boolean;
  /**
   * Which cells: a range of a session, the last ones, or those that match a pattern.
   */
  hist_access_type: 'range' | 'tail' | 'search';
  /**
   * For range: the session number, or one that counts back from the current session (0, the default, or null).
   */
  session?: number | null;
  /**
   * For range: the first cell.
   */
  start?: number | null;
  /**
   * For range: the cell after the last. null: to the end.
   */
  stop?: number | null;
  /**
   * For tail and search: how many cells at most. null: all.
   */
  n?: number | null;
  /**
   * For search: a glob with * and ?.
   */
  pattern?: string | null;
  /**
   * For search: leave out duplicates. Left out: false.
   */
  unique?: boolean;
}
/**
 * The line of input. Section "Messages on the stdin (ROUTER/DEALER) channel" of the messaging specification.
 */
export interface InputReply {
  /**
   * The line, without its end.
   */
  value: string;
  /**
   * Sent by clients built on @jupyterlab/services and on runtimed's jupyter-protocol; not in the specification.
   */
  status?: 'ok' | 'error' | 'aborted';
}
/**
 * The code asks for a line of input. Section "Messages on the stdin (ROUTER/DEALER) channel" of the messaging specification.
 */
export interface InputRequest {
  /**
   * Text before the input.
   */
  prompt: string;
  /**
   * Whether the input must not be shown. Left out: false.
   */
  password?: boolean;
}
/**
 * What is known of the thing under the cursor.
 */
export interface InspectReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * Whether there was anything to tell.
   */
  found: boolean;
  data: MimeBundle;
  /**
   * Describes the data: keys for the whole, or mime types with an object of their own.
   */
  metadata: {
    [k: string]: unknown;
  };
}
/**
 * Asks what is known of the thing under the cursor. Section "Introspection" of the messaging specification.
 */
export interface InspectRequest {
  /**
   * The code around the cursor, up to a whole cell.
   */
  code: string;
  /**
   * The position of the cursor in the code, counted in Unicode code points.
   */
  cursor_pos: number;
  /**
   * 0 (as `x?`; left out or null: 0) or 1 (as `x??`, with the source where there is one).
   */
  detail_level?: 0 | 1 | null;
}
/**
 * The interrupt was delivered.
 */
export interface InterruptReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
}
/**
 * Asks the kernel to interrupt what it runs. Section "Kernel interrupt" of the messaging specification.
 */
export interface InterruptRequest {}
/**
 * Tells a client that its subscription has arrived (JEP 65). It has no parent. Section "Welcome message" of the messaging specification.
 */
export interface IopubWelcome {
  /**
   * The topic that was subscribed to; empty: all.
   */
  subscription: string;
}
/**
 * The code wants no further line, or the kernel cannot tell. Section "Code completeness" of the messaging specification.
 */
export interface IsCompleteReplyKnown {
  /**
   * complete: run it. invalid: run it, so that the error shows. unknown: the kernel cannot tell.
   */
  status: 'complete' | 'invalid' | 'unknown';
}
/**
 * The code wants another line. Section "Code completeness" of the messaging specification.
 */
export interface IsCompleteReplyIncomplete {
  /**
   * The code wants another line.
   */
  status: 'incomplete';
  /**
   * How to indent the next line. Left out: not at all.
   */
  indent?: string;
}
/**
 * Asks whether the code can be run as it is, or wants another line. Section "Code completeness" of the messaging specification.
 */
export interface IsCompleteRequest {
  /**
   * The code typed so far.
   */
  code: string;
}
/**
 * What the kernel is and what it can do.
 */
export interface KernelInfoReplyOk {
  /**
   * The request was processed. tslab leaves it out.
   */
  status?: 'ok';
  /**
   * Version of the protocol that the kernel speaks, X.Y or X.Y.Z; the same as in its headers.
   */
  protocol_version: string;
  /**
   * Name of the kernel.
   */
  implementation: string;
  /**
   * Version of the kernel.
   */
  implementation_version: string;
  language_info: LanguageInfo;
  /**
   * Text for the start of a console.
   */
  banner: string;
  /**
   * Deprecated since 5.5 in favour of 'debugger' in supported_features.
   */
  debugger?: boolean;
  /**
   * Entries of the help menu.
   */
  help_links?: HelpLink[];
  /**
   * Optional features, as 'debugger' and 'kernel subshells'. Since 5.5 (JEP 92).
   */
  supported_features?: string[];
}
/**
 * The language that a kernel runs. Section "Kernel info" of the messaging specification.
 */
export interface LanguageInfo {
  /**
   * Name of the language, in lower case.
   */
  name: string;
  /**
   * Version of the language. Kernels that are made of a command (bash_kernel, metakernel) leave it out.
   */
  version?: string;
  /**
   * Mime type of its script files. Left out: unknown.
   */
  mimetype?: string;
  /**
   * Extension of its script files, with the dot. Left out: unknown.
   */
  file_extension?: string;
  /**
   * Pygments lexer. Left out: the name.
   */
  pygments_lexer?: string;
  /**
   * CodeMirror mode. Left out: the name.
   */
  codemirror_mode?:
    | string
    | {
        [k: string]: unknown;
      };
  /**
   * Exporter of nbconvert. Left out: the general one for scripts.
   */
  nbconvert_exporter?: string;
}
/**
 * An entry of the help menu. Section "Kernel info" of the messaging specification.
 */
export interface HelpLink {
  /**
   * What the menu shows.
   */
  text: string;
  /**
   * Where it leads.
   */
  url: string;
}
/**
 * Asks what the kernel is and what it can do. Section "Kernel info" of the messaging specification.
 */
export interface KernelInfoRequest {}
/**
 * Which subshells there are.
 */
export interface ListSubshellReplyOk {
  /**
   * The request was processed.
   */
  status: 'ok';
  /**
   * The ids of all subshells; the main shell is not among them.
   */
  subshell_id: string[];
}
/**
 * Asks which subshells there are (JEP 91). Section "List subshell" of the messaging specification.
 */
export interface ListSubshellRequest {}
/**
 * The kernel ends.
 */
export interface ShutdownReplyOk {
  /**
   * The request was processed. tslab leaves it out.
   */
  status?: 'ok';
  /**
   * As in the request.
   */
  restart: boolean;
}
/**
 * Asks the kernel to end. Section "Kernel shutdown" of the messaging specification.
 */
export interface ShutdownRequest {
  /**
   * Whether the kernel is started again afterwards. Left out: false.
   */
  restart?: boolean;
}
/**
 * What the kernel is doing. Section "Kernel status" of the messaging specification.
 */
export interface Status {
  /**
   * starting: once, at the start of the process. busy, idle: around each request. restarting, dead: what became of the process, by whoever watches it.
   */
  execution_state: 'starting' | 'busy' | 'idle' | 'restarting' | 'dead';
}
/**
 * Text that was written to a stream. Section "Streams (stdout, stderr, etc)" of the messaging specification.
 */
export interface Stream {
  /**
   * Which stream.
   */
  name: 'stdout' | 'stderr';
  /**
   * What was written.
   */
  text: string;
}
/**
 * Replaces what every display of that id shows. Section "Update Display Data" of the messaging specification.
 */
export interface UpdateDisplayData {
  data: MimeBundle;
  /**
   * Describes the data: keys for the whole, or mime types with an object of their own.
   */
  metadata: {
    [k: string]: unknown;
  };
  /**
   * Names the display to replace.
   */
  transient: {
    /**
     * The display to replace.
     */
    display_id: string;
  };
}
/**
 * The resources that the kernel uses, as ipykernel reports them.
 */
export interface UsageReplyOk {
  /**
   * The request was processed. ipykernel leaves it out.
   */
  status?: 'ok';
  /**
   * Name of the machine.
   */
  hostname: string;
  /**
   * Process id of the kernel.
   */
  pid: number;
  /**
   * Processor time of the kernel and its children since the last request, in percent of one core.
   */
  kernel_cpu: number;
  /**
   * Memory of the kernel and its children, in bytes.
   */
  kernel_memory: number;
  /**
   * Number of logical cores of the machine.
   */
  cpu_count?: number | null;
  /**
   * Load of the machine, in percent. Left out where it is not known yet.
   */
  host_cpu_percent?: number;
  /**
   * Memory of the machine in bytes (total, available, used, free) and percent, as psutil's virtual_memory names it.
   */
  host_virtual_memory?: {
    [k: string]: number;
  };
}
/**
 * Asks for the resources that the kernel uses. Not in the messaging specification: ipykernel's extension, as jupyter-resource-usage asks it.
 */
export interface UsageRequest {}
/**
 * The content of every message of the current protocol, by msg_type.
 */
export interface Contents {
  clear_output: ClearOutput;
  comm_close: CommClose;
  comm_info_reply: CommInfoReply;
  comm_info_request: CommInfoRequest;
  comm_msg: CommMsg;
  comm_open: CommOpen;
  complete_reply: CompleteReply;
  complete_request: CompleteRequest;
  connect_reply: ConnectReply;
  connect_request: ConnectRequest;
  create_subshell_reply: CreateSubshellReply;
  create_subshell_request: CreateSubshellRequest;
  debug_event: DebugEvent;
  debug_reply: DebugReply;
  debug_request: DebugRequest;
  delete_subshell_reply: DeleteSubshellReply;
  delete_subshell_request: DeleteSubshellRequest;
  display_data: DisplayData;
  error: ErrorOutput;
  execute_input: ExecuteInput;
  execute_reply: ExecuteReply;
  execute_request: ExecuteRequest;
  execute_result: ExecuteResult;
  history_reply: HistoryReply;
  history_request: HistoryRequest;
  input_reply: InputReply;
  input_request: InputRequest;
  inspect_reply: InspectReply;
  inspect_request: InspectRequest;
  interrupt_reply: InterruptReply;
  interrupt_request: InterruptRequest;
  iopub_welcome: IopubWelcome;
  is_complete_reply: IsCompleteReply;
  is_complete_request: IsCompleteRequest;
  kernel_info_reply: KernelInfoReply;
  kernel_info_request: KernelInfoRequest;
  list_subshell_reply: ListSubshellReply;
  list_subshell_request: ListSubshellRequest;
  shutdown_reply: ShutdownReply;
  shutdown_request: ShutdownRequest;
  status: Status;
  stream: Stream;
  update_display_data: UpdateDisplayData;
  usage_reply: UsageReply;
  usage_request: UsageRequest;
}
/**
 * How a text may go on. Section "Complete" of "Messaging in IPython" (2011).
 */
export interface CompleteReply2011 {
  /**
   * The texts that may stand in place of the text of the request.
   */
  matches: string[];
  /**
   * The text that they replace. Later than the document.
   */
  matched_text?: string;
  /**
   * Later than the document.
   */
  status?: 'ok';
}
/**
 * Asks how a text may go on. Section "Complete" of "Messaging in IPython" (2011).
 */
export interface CompleteRequest2011 {
  /**
   * The text to complete.
   */
  text: string;
  /**
   * The whole line.
   */
  line: string;
  /**
   * The whole block; null where the client has none.
   */
  block?: string | null;
  /**
   * The position of the cursor in the line.
   */
  cursor_pos: number;
}
/**
 * The ports of the channels. Section "Connect" of "Messaging in IPython" (2011).
 */
export interface ConnectReply2011 {
  /**
   * Port of the shell channel.
   */
  xrep_port: number;
  /**
   * Port of the iopub channel.
   */
  pub_port: number;
  /**
   * Port of the stdin channel.
   */
  req_port: number;
  /**
   * Port of the heartbeat.
   */
  hb_port: number;
}
/**
 * Asks for the ports of the other channels. Section "Connect" of "Messaging in IPython" (2011).
 */
export interface ConnectRequest2011 {}
/**
 * The kernel came to an unexpected end. Section "Kernel crashes" of "Messaging in IPython" (2011).
 */
export interface Crash2011 {
  /**
   * The error's name.
   */
  exc_name: string;
  /**
   * The error's type.
   */
  exc_type: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
  /**
   * What else helps: the exit code or signal, where to report it.
   */
  info: string;
}
/**
 * Something to show. Section "Display Data" of "Messaging in IPython" (2011).
 */
export interface DisplayData2011 {
  /**
   * What made the data.
   */
  source: string;
  data: MimeBundle;
  /**
   * Describes the data: keys for the whole, or mime types with an object of their own.
   */
  metadata: {
    [k: string]: unknown;
  };
}
/**
 * The code was run.
 */
export interface ExecuteReply2011Ok {
  /**
   * The code was run.
   */
  status: 'ok';
  /**
   * The counter of the kernel: In[n].
   */
  execution_count: number;
  /**
   * Things for the frontend to do: an object in the document, a list in what kernels sent.
   */
  payload:
    | {
        [k: string]: unknown;
      }[]
    | {
        [k: string]: unknown;
      };
  /**
   * The text of each variable, or "[ERROR] Name: message".
   */
  user_variables: {
    [k: string]: string;
  };
  /**
   * The text of each expression, or "[ERROR] Name: message".
   */
  user_expressions: {
    [k: string]: string;
  };
  /**
   * The code as the kernel transformed it; empty where it did not.
   */
  transformed_code: string;
}
/**
 * An error, as the document of 2011 names its fields.
 */
export interface ExecuteReply2011ErrorDocumented {
  /**
   * The code failed.
   */
  status: 'error';
  /**
   * The counter of the kernel: In[n].
   */
  execution_count: number;
  /**
   * The error's name.
   */
  exc_name: string;
  /**
   * The error's message.
   */
  exc_value: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * An error, as the console frontend of 2011 names its fields.
 */
export interface ExecuteReply2011ErrorConsole {
  /**
   * The code failed.
   */
  status: 'error';
  /**
   * The counter of the kernel: In[n].
   */
  execution_count: number;
  /**
   * The error's name.
   */
  etype: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * An error, as the kernels of 2011 and every later one names its fields.
 */
export interface ExecuteReply2011ErrorKernel {
  /**
   * The code failed.
   */
  status: 'error';
  /**
   * The counter of the kernel: In[n].
   */
  execution_count: number;
  /**
   * The error's name.
   */
  ename: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * The code was interrupted or never run.
 */
export interface ExecuteReply2011Aborted {
  /**
   * abort in the document, aborted in the console frontend.
   */
  status: 'abort' | 'aborted';
  /**
   * The counter of the kernel: In[n].
   */
  execution_count?: number;
}
/**
 * Asks the kernel to run code. Section "Execute" of "Messaging in IPython" (2011).
 */
export interface ExecuteRequest2011 {
  /**
   * Source to run, one or more lines.
   */
  code: string;
  /**
   * Run as quietly as possible: no output, nothing stored or counted. Left out: false.
   */
  silent?: boolean;
  /**
   * Names of variables whose text is wanted after the code.
   */
  user_variables?: string[];
  /**
   * Expressions whose text is wanted after the code, by a name that the client chose.
   */
  user_expressions?: {
    [k: string]: string;
  };
  /**
   * Whether the client answers input_request. Later than the document; left out: true, as every client of that age answered.
   */
  allow_stdin?: boolean;
}
/**
 * The attribute was read.
 */
export interface GetattrReply2011Ok {
  /**
   * The attribute was read.
   */
  status: 'ok';
  /**
   * The value, as JSON.
   */
  value: {
    [k: string]: unknown;
  };
}
/**
 * The attribute could not be read or written.
 */
export interface AttributeFailure2011 {
  /**
   * AttributeError: there is no such attribute. AccessError: it is not open to clients.
   */
  status: 'AttributeError' | 'AccessError';
}
/**
 * Asks for an attribute of the kernel. Section "Kernel attribute access" of "Messaging in IPython" (2011).
 */
export interface GetattrRequest2011 {
  /**
   * Name of the attribute, dotted perhaps.
   */
  name: string;
}
/**
 * Cells that were run before. Section "History" of "Messaging in IPython" (2011).
 */
export interface HistoryReply2011 {
  /**
   * The cells, oldest first.
   */
  history: HistoryEntry[];
}
/**
 * Asks for cells that were run before. Section "History" of "Messaging in IPython" (2011).
 */
export interface HistoryRequest2011 {
  /**
   * Also return the outputs. Left out: false.
   */
  output?: boolean;
  /**
   * Return the input as typed. Left out: true.
   */
  raw?: boolean;
  /**
   * Which cells: a range of a session, the last ones, or those that match a pattern.
   */
  hist_access_type: 'range' | 'tail' | 'search';
  /**
   * For range: the session number, or one that counts back from the current session.
   */
  session?: number | null;
  /**
   * For range: the first cell.
   */
  start?: number | null;
  /**
   * For range: the cell after the last.
   */
  stop?: number | null;
  /**
   * For tail: how many cells.
   */
  n?: number | null;
  /**
   * For search: a glob with * and ?.
   */
  pattern?: string | null;
}
/**
 * The line of input. Section "Messages on the REQ/REP socket" of "Messaging in IPython" (2011).
 */
export interface InputReply2011 {
  /**
   * The line, without its end.
   */
  value: string;
}
/**
 * The code asks for a line of input. Section "Messages on the REQ/REP socket" of "Messaging in IPython" (2011).
 */
export interface InputRequest2011 {
  /**
   * Text before the input.
   */
  prompt: string;
}
/**
 * The parts of a definition line. Section "Object information" of "Messaging in IPython" (2011).
 */
export interface ArgSpec2011 {
  /**
   * Names of the arguments.
   */
  args: string[];
  /**
   * Name of the rest argument.
   */
  varargs: string | null;
  /**
   * Name of the argument that takes all other keywords.
   */
  varkw: string | null;
  /**
   * Values of the last arguments, as texts.
   */
  defaults: unknown[] | null;
}
/**
 * What is known of a name. Section "Object information" of "Messaging in IPython" (2011).
 */
export interface ObjectInfoReply2011 {
  /**
   * The name of the request.
   */
  name: string;
  /**
   * Whether there is such an object; if not, the other fields are empty.
   */
  found: boolean;
  /**
   * Whether it is a magic.
   */
  ismagic?: boolean;
  /**
   * Whether it is an alias of a system command.
   */
  isalias?: boolean;
  /**
   * Where it was found: interactive, builtin, and so on.
   */
  namespace?: string | null;
  /**
   * Name of its type.
   */
  type_name?: string | null;
  /**
   * Its text, shortened perhaps at detail level 0.
   */
  string_form?: string | null;
  /**
   * Its class.
   */
  base_class?: string | null;
  /**
   * Its length, if it has one.
   */
  length?: number | null;
  /**
   * Path of the file that defines it.
   */
  file?: string | null;
  /**
   * Its definition line, if it can be called.
   */
  definition?: string | null;
  /**
   * The parts of the definition line, if it can be called.
   */
  argspec?: ArgSpec2011 | null;
  /**
   * Definition line of the constructor.
   */
  init_definition?: string | null;
  /**
   * Its documentation.
   */
  docstring?: string | null;
  /**
   * Documentation of the constructor.
   */
  init_docstring?: string | null;
  /**
   * Documentation of its class.
   */
  class_docstring?: string | null;
  /**
   * Definition line of its call method.
   */
  call_def?: string | null;
  /**
   * Documentation of its call method.
   */
  call_docstring?: string | null;
  /**
   * Its source, at detail level 1.
   */
  source?: string | null;
}
/**
 * As the document of 2011 has it.
 */
export interface ObjectInfoRequest2011Name {
  /**
   * The name, dotted perhaps.
   */
  name: string;
  /**
   * 0 (as `x?`; left out: 0) or 1 (as `x??`).
   */
  detail_level?: 0 | 1;
}
/**
 * As the clients of 2011 sent it.
 */
export interface ObjectInfoRequest2011Oname {
  /**
   * The name, dotted perhaps.
   */
  oname: string;
  /**
   * 0 (as `x?`; left out: 0) or 1 (as `x??`).
   */
  detail_level?: 0 | 1;
}
/**
 * An error, as the document of 2011 names its fields.
 */
export interface Error2011Documented {
  /**
   * The error's name.
   */
  exc_name: string;
  /**
   * The error's message.
   */
  exc_value: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * An error, as the console frontend of 2011 names its fields.
 */
export interface Error2011Console {
  /**
   * The error's name.
   */
  etype: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * An error, as the kernels of 2011 and every later one names its fields.
 */
export interface Error2011Kernel {
  /**
   * The error's name.
   */
  ename: string;
  /**
   * The error's message.
   */
  evalue: string;
  /**
   * The frames of the stack, formatted, one or more lines each.
   */
  traceback: string[];
}
/**
 * Tells every client which code is being run. Section "Python inputs" of "Messaging in IPython" (2011).
 */
export interface Pyin2011 {
  /**
   * The code of the request.
   */
  code: string;
  /**
   * The counter of the kernel: In[n]. Later than the document.
   */
  execution_count?: number;
}
/**
 * The result of an execution. Section "Python outputs" of "Messaging in IPython" (2011).
 */
export interface Pyout2011 {
  /**
   * The counter of the kernel: In[n].
   */
  execution_count: number;
  data: MimeBundle;
  /**
   * Describes the data. Later than the document.
   */
  metadata?: {
    [k: string]: unknown;
  };
}
/**
 * The attribute was set.
 */
export interface SetattrReply2011Ok {
  /**
   * The attribute was set.
   */
  status: 'ok';
}
/**
 * Sets an attribute of the kernel. Section "Kernel attribute access" of "Messaging in IPython" (2011).
 */
export interface SetattrRequest2011 {
  /**
   * Name of the attribute, dotted perhaps.
   */
  name: string;
  /**
   * The value, as JSON.
   */
  value: {
    [k: string]: unknown;
  };
}
/**
 * The kernel ends. Section "Kernel shutdown" of "Messaging in IPython" (2011).
 */
export interface ShutdownReply2011 {
  /**
   * As in the request.
   */
  restart?: boolean;
}
/**
 * Asks the kernel to end. Section "Kernel shutdown" of "Messaging in IPython" (2011).
 */
export interface ShutdownRequest2011 {
  /**
   * Whether the kernel is started again afterwards. Left out: false.
   */
  restart?: boolean;
}
/**
 * What the kernel is doing. Section "Kernel status" of "Messaging in IPython" (2011).
 */
export interface Status2011 {
  /**
   * busy, idle: around each execution. starting: once, later than the document.
   */
  execution_state: 'busy' | 'idle' | 'starting';
}
/**
 * Text that was written to a stream. Section "Streams (stdout, stderr, etc)" of "Messaging in IPython" (2011).
 */
export interface Stream2011 {
  /**
   * Which stream; the last two repeat what was asked and answered.
   */
  name: 'stdout' | 'stderr' | 'stdin' | 'stdin_reply';
  /**
   * What was written.
   */
  data: string;
}
/**
 * The content of every message of the dialect of 2011, by msg_type.
 */
export interface Contents2011 {
  complete_reply: CompleteReply2011;
  complete_request: CompleteRequest2011;
  connect_reply: ConnectReply2011;
  connect_request: ConnectRequest2011;
  crash: Crash2011;
  display_data: DisplayData2011;
  execute_reply: ExecuteReply2011;
  execute_request: ExecuteRequest2011;
  getattr_reply: GetattrReply2011;
  getattr_request: GetattrRequest2011;
  history_reply: HistoryReply2011;
  history_request: HistoryRequest2011;
  input_reply: InputReply2011;
  input_request: InputRequest2011;
  object_info_reply: ObjectInfoReply2011;
  object_info_request: ObjectInfoRequest2011;
  pyerr: Pyerr2011;
  pyin: Pyin2011;
  pyout: Pyout2011;
  setattr_reply: SetattrReply2011;
  setattr_request: SetattrRequest2011;
  shutdown_reply: ShutdownReply2011;
  shutdown_request: ShutdownRequest2011;
  status: Status2011;
  stream: Stream2011;
}
/**
 * How to reach a kernel. Section "Connection file format" of "Making kernels for Jupyter"; encryption: section "Transport encryption" of "Security".
 */
export interface ConnectionFile {
  /**
   * How the sockets are reached.
   */
  transport: 'tcp' | 'ipc';
  /**
   * Address to bind or connect to; for ipc, the common beginning of the socket files.
   */
  ip: string;
  /**
   * Port of the shell channel. For ipc: the suffix of the socket file. 0: the kernel picks one.
   */
  shell_port: number;
  /**
   * Port of the iopub channel. For ipc: the suffix of the socket file. 0: the kernel picks one.
   */
  iopub_port: number;
  /**
   * Port of the stdin channel. For ipc: the suffix of the socket file. 0: the kernel picks one.
   */
  stdin_port: number;
  /**
   * Port of the control channel. For ipc: the suffix of the socket file. 0: the kernel picks one.
   */
  control_port: number;
  /**
   * Port of the heartbeat. For ipc: the suffix of the socket file. 0: the kernel picks one.
   */
  hb_port: number;
  /**
   * Key of the signatures. Empty: nothing is signed.
   */
  key: string;
  /**
   * hmac- and the name of a digest. Left out: hmac-sha256.
   */
  signature_scheme?: string;
  /**
   * Name of the kernelspec that the kernel was started from.
   */
  kernel_name?: string;
  /**
   * The kernel's public CurveZMQ key, in Z85.
   */
  curve_publickey?: string;
  /**
   * The kernel's secret CurveZMQ key, in Z85.
   */
  curve_secretkey?: string;
}
/**
 * The header of a message. Section "Message Header" of the messaging specification.
 */
export interface Header {
  /**
   * Identifies the message; typically a UUID.
   */
  msg_id: string;
  /**
   * Identifies the process that sent it, from its start to its end; typically a UUID.
   */
  session: string;
  /**
   * Who sent it.
   */
  username: string;
  /**
   * When it was made: ISO 8601, with zone.
   */
  date: string;
  /**
   * Type of the message, which says what its content holds. Types that are not known are tolerated.
   */
  msg_type: string;
  /**
   * Version of the protocol that the sender speaks. Left out: the dialect of 2011.
   */
  version?: string;
  /**
   * The subshell that is meant (JEP 91). Left out or null: the main shell.
   */
  subshell_id?: string | null;
}
/**
 * The header of a message of 2011: no version, and often no date. Section "General Message Format" of "Messaging in IPython" (2011).
 */
export interface Header2011 {
  /**
   * Identifies the message; typically a UUID.
   */
  msg_id: string;
  /**
   * Identifies the process that sent it, from its start to its end; typically a UUID.
   */
  session: string;
  /**
   * Who sent it.
   */
  username: string;
  /**
   * Type of the message, which says what its content holds. Types that are not known are tolerated.
   */
  msg_type: string;
  /**
   * When it was made: ISO 8601, with zone.
   */
  date?: string;
}
/**
 * The kernel.json of a kernelspec (JEP 105). Section "Kernel specs" of "Making kernels for Jupyter".
 */
export interface KernelSpec {
  /**
   * Command that starts the kernel; {connection_file} stands for the path of the connection file.
   *
   * @minItems 1
   */
  argv: [string, ...string[]];
  /**
   * Name for people.
   */
  display_name: string;
  /**
   * Name of the language, for notebooks whose kernel is not installed.
   */
  language: string;
  /**
   * How to interrupt: SIGINT, or interrupt_request on control. Left out: signal.
   */
  interrupt_mode?: 'signal' | 'message';
  /**
   * Environment variables for the kernel; ${NAME} stands for one of the current environment.
   */
  env?: {
    [k: string]: string;
  };
  /**
   * Anything else that clients want to know.
   */
  metadata?: {
    /**
     * Encryptions that the kernel knows: curve.
     */
    supported_encryption?: string[];
    /**
     * Whether the kernel can debug.
     */
    debugger?: boolean;
    [k: string]: unknown;
  };
  /**
   * Version of the protocol that the kernel speaks.
   */
  kernel_protocol_version?: string;
}
/**
 * A whole message. On the wire each part is a frame of its own. Section "A full message" of the messaging specification.
 */
export interface FullMessage {
  /**
   * Header of this message.
   */
  header: Header | Header2011;
  /**
   * Header of the message that caused this one; {} where none did.
   */
  parent_header: Header | Header2011 | {};
  /**
   * About the message, rather than part of it; cellId, for instance.
   */
  metadata: {
    [k: string]: unknown;
  };
  /**
   * What the message says; see the schema of its msg_type.
   */
  content: {
    [k: string]: unknown;
  };
  /**
   * Binary data, in base64 here and as raw frames on the wire. Left out: none.
   *
   * Items: Base64.
   */
  buffers?: string[];
}
/**
 * What a kernel is started with instead of a connection file (JEP 66, since 5.6). Section "Registration file format" of "Making kernels for Jupyter".
 */
export interface RegistrationFile {
  /**
   * Tells the registration service which kernel registers.
   */
  kernel_id: string;
  /**
   * How the sockets are reached.
   */
  transport: 'tcp' | 'ipc';
  /**
   * Address of the registration service.
   */
  registration_ip: string;
  /**
   * Port of the registration service.
   */
  registration_port: number;
  /**
   * Key of the signatures. Empty: nothing is signed.
   */
  key: string;
  /**
   * hmac- and the name of a digest. Left out: hmac-sha256.
   */
  signature_scheme?: string;
}
/**
 * The acknowledgement of the registration service; its content is its own affair (JEP 66, since 5.6). One signed frame, without header, parent and metadata. Section "Kernel startup handshake" of the messaging specification.
 */
export interface RegistrationReply {
  [k: string]: unknown;
}
/**
 * What the kernel sends to the registration service: the ports that it picked (JEP 66, since 5.6). One signed frame, without header, parent and metadata. Section "Kernel startup handshake" of the messaging specification.
 */
export interface RegistrationRequest {
  /**
   * As in the registration file.
   */
  kernel_id: string;
  shell_port: RegisteredPort;
  iopub_port: RegisteredPort;
  stdin_port: RegisteredPort;
  control_port: RegisteredPort;
  hb_port: RegisteredPort;
}
/**
 * Headers, whole messages, files and the handshake of JEP 66, by the name of the schema.
 */
export interface Documents {
  connection_file: ConnectionFile;
  header: Header;
  header_2011: Header2011;
  kernelspec: KernelSpec;
  message: FullMessage;
  registration_file: RegistrationFile;
  registration_reply: RegistrationReply;
  registration_request: RegistrationRequest;
}

import { DebugError } from '../errors.ts';
import { shownFrame } from '../frames.ts';
import type { Handles } from '../requests.ts';

/** Where the code stands, and why. */
export const stack: Handles<'stackTrace' | 'scopes' | 'exceptionInfo'> = {
  stackTrace(state, { startFrame = 0, levels = 0 }) {
    const { pauses, scripts } = state.session;
    const { frames } = pauses.current;
    const shown = frames.slice(startFrame, levels > 0 ? startFrame + levels : undefined);
    return {
      stackFrames: shown.map((frame) => state.toClient(shownFrame(frame, scripts))),
      totalFrames: frames.length,
    };
  },

  async scopes(state, { frameId }) {
    const { pauses, values } = state.session;
    return { scopes: await values.scopes(pauses.frame(frameId)) };
  },

  exceptionInfo(state) {
    const { exception, frames } = state.session.pauses.current;
    if (exception === undefined) throw new DebugError('the code is not stopped at an exception');
    const [message = ''] = (exception.description ?? String(exception.value)).split('\n');
    const typeName = exception.className ?? exception.type;
    const places = frames.map(({ name, script, place }) =>
      script === undefined
        ? `    at ${name}`
        : `    at ${name} (${script.path ?? script.url}:${place.line}:${place.column})`,
    );
    return {
      exceptionId: typeName,
      description: message,
      breakMode: exception.uncaught === true ? 'unhandled' : 'always',
      details: { message: message.replace(/^[\w.]+: /, ''), typeName, stackTrace: [message, ...places].join('\n') },
    };
  },
};

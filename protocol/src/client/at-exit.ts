const actions = new Set<() => void>();

function runAll(): void {
  for (const action of actions) action();
}

/** Calls `action` when this process exits in an orderly way, until disposed of. However many there are, it is one listener. */
export function atExit(action: () => void): Disposable {
  if (actions.size === 0) process.on('exit', runAll);
  actions.add(action);
  return {
    [Symbol.dispose]() {
      if (actions.delete(action) && actions.size === 0) process.off('exit', runAll);
    },
  };
}

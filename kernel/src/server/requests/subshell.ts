import { immediate } from '../handlers.ts';
import { unknownSubshell } from '../shell-of.ts';
import { MOST_SUBSHELLS } from '../subshells.ts';

/** Makes a shell beside the others, for requests that are not to wait for theirs. Spec: JEP 91. */
export const createSubshell = immediate('create_subshell_request', ({ subshells }) => {
  const id = subshells.create();
  if (id !== undefined) return { content: { status: 'ok', subshell_id: id } };
  const evalue = `there are ${MOST_SUBSHELLS} subshells already: delete those that are no longer needed`;
  const ename = 'TooManySubshells';
  return { content: { status: 'error', ename, evalue, traceback: [`${ename}: ${evalue}`] } };
});

/** Answered at once: what runs in the subshell goes on to its end, and what waits in it has been aborted by then. */
export const deleteSubshell = immediate('delete_subshell_request', ({ subshells }, _request, { subshell_id: id }) => ({
  content: subshells.delete(id) ? { status: 'ok' } : { status: 'error', ...unknownSubshell(id) },
}));

/** The main shell is not among them. */
export const listSubshell = immediate('list_subshell_request', ({ subshells }) => ({
  content: { status: 'ok', subshell_id: subshells.ids },
}));

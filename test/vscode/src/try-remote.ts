import { spawn } from 'node:child_process';
import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeBrowser } from './browser.ts';
import { typescriptNotebook } from './notebooks.ts';
import { Workbench } from './workbench.ts';
import { TYPESCRIPT } from './labels.ts';

const ssh = ['-i', '/tmp/box.key', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/tmp/box.known', '-o', 'LogLevel=ERROR'];
const host = 'dev@10.77.0.2';
const remote = (cmd: string, input?: string) => execFileSync('ssh', [...ssh, host, cmd], { input: input ?? '', encoding: 'utf8' });
const tunnel = () => spawn('ssh', [...ssh, '-N', '-o', 'ExitOnForwardFailure=yes', '-L', '127.0.0.1:8999:127.0.0.1:8123', host], { stdio: 'inherit' });
let t = tunnel();
await sleep(1500);
remote('rm -rf ws/*; cat > ws/n.ipynb', JSON.stringify(typescriptNotebook(
  "import { hostname } from 'node:os';\nconst answer = 42;\n[hostname(), process.execPath, process.version, process.ppid]",
  "for (let i = 0; i < 40; i++) { console.log('tick', i); await new Promise((r) => setTimeout(r, 1000)); }\nanswer",
  "answer + 1",
  "const name = prompt('Who?'); name",
)));
const server = { url: 'http://127.0.0.1:8999', workspace: '/home/dev/ws' } as never;
const w = await Workbench.open(server);
try {
  const n = await w.openNotebook('n.ipynb');
  await n.pickKernel(TYPESCRIPT);
  console.log(await n.cell(0).runToEnd(), await n.cell(0).outputText());
  await n.cell(1).run();
  await n.cell(1).waitForOutput('tick 3');
  console.log('cut'); t.kill('SIGKILL');
  await sleep(12_000);
  await w.page.screenshot({ path: '/tmp/remote-cut.png' });
  t = tunnel(); console.log('back');
  await n.cell(1).waitForOutput('tick 39', { timeoutMs: 100_000 });
  console.log((await n.cell(1).outputText()).replaceAll('\n', ' '));
  console.log(await n.cell(1).waitFor(['done', 'failed']));
  await w.page.screenshot({ path: '/tmp/remote-back.png' });
  console.log(await n.cell(2).runToEnd(), await n.cell(2).outputText());
  console.log(remote('ps -eo pid,ppid,sid,args --forest | cut -c1-150; ls -la ~/.cache ~/.local/share/jupyter ~/.local/share 2>&1; ls -la /tmp'));
} catch (e) { console.log(e); await w.page.screenshot({ path: '/tmp/remote-fail.png' }); }
await w[Symbol.asyncDispose]();
await closeBrowser();
t.kill();

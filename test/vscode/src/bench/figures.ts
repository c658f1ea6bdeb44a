/** What is measured inside the extension host. */
export interface Figures {
  /** `publisher.name version` of the extension that was measured. */
  readonly extension: string;
  /** Of the extension's `activate`, its code's loading included, in ms. */
  readonly activation: number;
  /** From the start of its activation until the kernel can be chosen, in ms. */
  readonly offered: number;
  /** From choosing the kernel to the end of the first cell, in ms: some extensions start a kernel when it is chosen. */
  readonly firstChosen: number;
  /** From the command that runs the first cell to the cell's end, no kernel running before it, in ms. */
  readonly firstCell: number;
  /** The same for a cell of a running kernel, in ms. */
  readonly cell: number;
  /** The same for a cell whose kernel is a function that shows a text: what VS Code itself takes, in ms. */
  readonly floor: number;
  /** Of the extension host, in MiB, before the extension is active … */
  readonly memoryBefore: number;
  /** … and with five kernels. */
  readonly memoryWithKernels: number;
  /** Of what the extension runs beside the extension host then, kernels apart. */
  readonly memoryOfHelpers: number;
}

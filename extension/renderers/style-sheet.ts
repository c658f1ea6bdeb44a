/** Adds a style sheet that lies beside the renderers. Resolves when it applies. */
export function loadStyleSheet(name: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL(name, import.meta.url).href;
  link.onload = () => resolve();
  link.onerror = () => reject(new Error(`The style sheet ${link.href} cannot be loaded.`));
  document.head.append(link);
  return promise;
}

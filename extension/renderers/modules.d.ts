declare module '*/theme.css';
declare module '*/tree.css';

/** Of a style sheet that is imported as text. */
declare module '*/menu.css' {
  const text: string;
  export default text;
}
